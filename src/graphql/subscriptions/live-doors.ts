import type { GraphQLSchema } from 'graphql'
import type { Backlogs } from './backlogs.ts'
import type { LiveOperations } from './live-operations.ts'
import type { Seats } from './seats.ts'
import type { Vigil } from './vigil.ts'

/** What doors share whose clients stay. */
export interface LiveDoors {
  readonly schema: GraphQLSchema
  readonly operations: LiveOperations
  readonly backlogs: Backlogs
  readonly seats: Seats
  readonly vigil: Vigil
}
