import type { CursorSource, ListEdge } from '../../federation/list/connection.ts'
import type { PageInfo } from '../generated/resolver-types.ts'

interface Page<Node> {
  readonly nodes: readonly Node[]
  readonly cursors: CursorSource
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** What all connections have in common. */
export const connection = {
  edges: <Node>({ nodes, cursors }: Page<Node>): ListEdge<Node>[] =>
    nodes.map((node, index) => ({ node, index, cursors })),

  pageInfo: ({ nodes, cursors, hasNextPage, hasPreviousPage }: Page<unknown>): PageInfo => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: nodes.length > 0 ? cursors.cursorAt(0) : null,
    endCursor: nodes.length > 0 ? cursors.cursorAt(nodes.length - 1) : cursors.whenEmpty,
  }),
}

export const edge = {
  cursor: ({ cursors, index }: ListEdge<unknown>): string => cursors.cursorAt(index),
}
