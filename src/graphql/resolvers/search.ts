import { typeOfNode } from '../../federation/resolve/load-node.ts'
import type {
  SearchConnectionResolvers,
  SearchEdgeResolvers,
  SearchResultResolvers,
} from '../generated/resolver-types.ts'
import { connection } from './connection.ts'

export const searchConnection: SearchConnectionResolvers = {
  edges: (list) => list.nodes.map((node, index) => ({ list, node, index })),
  pageInfo: connection.pageInfo,
}

export const searchEdge: SearchEdgeResolvers = {
  cursor: ({ list, index }) => list.cursors.cursorAt(index),
  score: ({ list, index }) => list.scoreAt(index),
  highlights: async ({ list, index }) => [...(await list.highlightsAt(index))],
}

export const searchResult: SearchResultResolvers = {
  __resolveType: (record) => (typeOfNode(record) === 'Model' ? 'Model' : 'ModelVersion'),
}
