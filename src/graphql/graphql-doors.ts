import type { Session } from '../federation/session/session.ts'
import type { Door } from '../server/door.ts'
import { eventStreamDoor } from './event-stream/event-stream-door.ts'
import { type GraphqlDoorOptions, graphqlDoor } from './graphql-door.ts'
import { Backlogs } from './subscriptions/backlogs.ts'
import type { LiveDoors } from './subscriptions/live-doors.ts'
import { LiveOperations } from './subscriptions/live-operations.ts'
import { Quota } from './subscriptions/quota.ts'
import { Seats } from './subscriptions/seats.ts'
import { Subscriptions } from './subscriptions/subscriptions.ts'
import { Vigil } from './subscriptions/vigil.ts'
import { webSocketDoor } from './web-socket/web-socket-door.ts'

/** Of one WebSocket, that have not ended. */
const mostOperations = 100

export interface GraphqlDoorsOptions extends GraphqlDoorOptions {
  /** Of clients that stay, however they came. */
  readonly mostConnections?: number
  /** Of one caller; of those who are not signed in, of one address. */
  readonly mostSubscriptions?: number
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
      seats: new Seats(options.mostConnections ?? 20_000),
      vigil: new Vigil(identify),
      operations: new LiveOperations({
        ...opened,
        subscriptions,
        quota: new Quota(options.mostSubscriptions ?? 1000),
        openSession: openOwnSession,
        log,
      }),
    })
  })
  return [requests, webSocketDoor(live.promise, { mostOperations, log }), eventStreamDoor(live.promise)]
}
