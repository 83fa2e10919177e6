import { EventFeed } from '../../federation/catalog/event-feed.ts'
import { toEventArguments } from '../arguments/to-event-arguments.ts'
import type { GatewayContext } from '../context.ts'
import type { SubscriptionEventsArgs, SubscriptionResolvers } from '../generated/resolver-types.ts'

/** Whoever executes it reads the feed for all who ask alike, and not row by row for each. */
function openFeed(_: unknown, given: Partial<SubscriptionEventsArgs>, { session }: GatewayContext): never {
  return EventFeed.open(session, toEventArguments(given)) as never
}

export const subscription: SubscriptionResolvers = { events: { subscribe: openFeed } }
