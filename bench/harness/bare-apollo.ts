/** Apollo without anything around it, over 20 rows that it has in memory. Its PORT is in the environment. */
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { mergedModels, readRecording } from '../questions/recording.ts'

const rows = mergedModels(readRecording()).slice(0, 20)

const server = new ApolloServer({
  typeDefs: `
    type Query { models(first: Int!): Models! }
    type Models { nodes: [Model!]! }
    type Model { name: String! description: String tags: [Tag!]! }
    type Tag { key: String! value: String! }
  `,
  resolvers: {
    Query: { models: (_: unknown, { first }: { first: number }) => ({ nodes: rows.slice(0, first) }) },
  },
})
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } })
