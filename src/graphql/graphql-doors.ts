import type { Session } from '../federation/session/session.ts'
import type { Door } from '../server/door.ts'
import { type GraphqlDoorOptions, graphqlDoor } from './graphql-door.ts'
import { Backlogs } from './subscriptions/backlogs.ts'
import type { LiveDoors } from './subscriptions/live-doors.ts'
import { LiveOperations } from './subscriptions/live-operations.ts'
import { Subscriptions } from './subscriptions/subscriptions.ts'
import { Vigil } from './subscriptions/vigil.ts'
import { webSocketDoor } from './web-socket/web-socket-door.ts'

export interface GraphqlDoorsOptions extends GraphqlDoorOptions {
  /** Of clients that stay. */
  readonly connections?: number
}

/** All ways to ask by GraphQL: by requests, over WebSockets, and by server-sent events. */
export function graphqlDoors(options: GraphqlDoorsOptions): readonly Door<Session>[] {
  const { schema, log } = options
  const live = Promise.withResolvers<LiveDoors>()
  const requests = graphqlDoor<Session>(options, (opened, { openOwnSession, identify }) => {
    const subscriptions = new Subscriptions({ schema, ...opened }, log)
    live.resolve({
      schema,
      backlogs: new Backlogs(),
      vigil: new Vigil(identify),
      operations: new LiveOperations({ ...opened, subscriptions, openSession: openOwnSession, log }),
    })
  })
  const limits = { connections: options.connections ?? 20_000, operations: 100 }
  return [requests, webSocketDoor(live.promise, limits, log)]
}
