import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { OperationTypeNode } from 'graphql'
import { refuse } from '../refuse.ts'
import type { RequestScope } from '../request-scope.ts'
import type { OpenedSubscription, OpenSubscription } from '../subscriptions/open-subscription.ts'

/** What subscriptions have come to, by the sessions of those who may ask for them; Apollo makes contexts of its own. */
export class OpenedSubscriptions {
  readonly #bySession = new WeakMap<object, OpenedSubscription | null>()

  /** Of this session, as its client is told more than one answer. */
  expect({ session }: RequestScope): void {
    this.#bySession.set(session, null)
  }

  isExpected({ session }: RequestScope): boolean {
    return this.#bySession.has(session)
  }

  add({ session }: RequestScope, opened: OpenedSubscription): void {
    this.#bySession.set(session, opened)
  }

  of({ session }: RequestScope): OpenedSubscription | null {
    return this.#bySession.get(session) ?? null
  }
}

/**
 * A subscription goes Apollo's way as far as its operation: all that holds for queries holds for it, and what is wrong
 * with it is told and logged alike. What it tells is not Apollo's.
 */
export function subscriptionsPlugin(
  opened: OpenedSubscriptions,
  open: OpenSubscription,
): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ source, document, operation, request, contextValue }) {
          if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return
          if (!opened.isExpected(contextValue)) {
            const message =
              'A subscription is told over a WebSocket (graphql-transport-ws) at this address, or as server-sent events at graphql/stream.'
            throw refuse('BAD_REQUEST', message)
          }
          const { variables = {}, operationName = null } = request
          const asked = { source: source ?? '', document, operation, operationName, variables }
          opened.add(contextValue, await open(asked, contextValue))
        },
        async responseForOperation({ operation }) {
          if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return null
          const http = { headers: new HeaderMap() }
          return { http, body: { kind: 'single', singleResult: { data: null } } }
        },
      }
    },
  }
}
