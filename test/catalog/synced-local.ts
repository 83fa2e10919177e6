import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { untilSynced } from './indexed-suite.ts'

export type LocalStore = ReturnType<typeof createLocalStore>

export interface SyncedLocal {
  readonly gateway: OpenGateway
  readonly database: GatewayDatabase
  /** Of the registry: who writes to it here does so past the gateway. */
  readonly store: LocalStore
  close(): Promise<void>
}

/** A gateway over one local registry, `dev`, whose catalog has read once what `fill` writes there. */
export async function openSyncedLocal(
  syncEvery: string,
  fill: (store: LocalStore) => Promise<void>,
): Promise<SyncedLocal> {
  const source = createFileSource()
  const url = await source.createUrl()
  const database = await openGatewayDatabase(url, { log: silent })
  const store = createLocalStore(database, 'dev')
  await fill(store)
  const gateway = await openGateway({
    environments: ['dev'],
    registries: [{ name: 'dev', adapter: 'local', environment: 'dev' }],
    database: { url },
    catalog: { syncEvery },
  })
  await untilSynced(gateway)
  return {
    gateway,
    database,
    store,
    async close() {
      await gateway.close()
      await database.close()
      await source.dispose()
    },
  }
}
