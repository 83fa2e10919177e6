import type { Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import { MlflowClient } from './client.ts'
import type { MlflowConfig } from './config.ts'
import { NameOrder } from './name-order.ts'
import { Searches } from './searches.ts'
import { loadServerProfile, type ServerProfile } from './server-profile.ts'

/** One MLflow server: how it is spoken to, and what is known of it. What is known is asked again after it was away. */
export interface Server {
  readonly client: MlflowClient
  readonly searches: Searches
  readonly nameOrder: NameOrder
  profile(call: Call): Promise<ServerProfile>
}

export function connectServer(config: MlflowConfig): Server {
  const client: MlflowClient = new MlflowClient(config, () => {
    profile.forget()
    nameOrder.forget()
  })
  const profile = new Remembered((call) => loadServerProfile(client, config.serverVersion, call))
  const nameOrder = new NameOrder(config.nameOrder, client)
  return { client, searches: new Searches(client), nameOrder, profile: (call) => profile.get(call) }
}
