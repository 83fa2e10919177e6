import type { Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import type { MlflowConfig } from './config.ts'
import { KnownNames } from './names/known-names.ts'
import { NameOrder } from './reads/name-order.ts'
import { Searches } from './reads/searches.ts'
import { MlflowClient } from './wire/client.ts'
import { loadServerProfile, type ServerProfile } from './wire/server-profile.ts'

/** Clients can be refused as often as they like; that is no reason to ask each time. */
const hardlyKnownMs = 1000

/**
 * One MLflow server: how it is spoken to, and what is known of it. What is known is asked again after a while, after
 * the server was away, and when it refuses what it should know.
 */
export interface MlflowRegistry {
  readonly client: MlflowClient
  readonly searches: Searches
  readonly nameOrder: NameOrder
  /** For lists by name where the server gives names in another order. */
  readonly names: KnownNames
  profile(call: Call): ServerProfile | Promise<ServerProfile>
}

export function openRegistry(config: MlflowConfig): MlflowRegistry {
  const client: MlflowClient = new MlflowClient(config, {
    unavailable() {
      profile.forget()
      nameOrder.forget()
    },
    refused: () => profile.forget(hardlyKnownMs),
  })
  const profile = new Remembered((call) => loadServerProfile(client, config.serverVersion, call))
  const nameOrder = new NameOrder(config.nameOrder, client)
  const searches = new Searches(client)
  const names = new KnownNames(searches, client.clock)
  return { client, searches, nameOrder, names, profile: (call) => profile.get(call) }
}
