import { defaultLocalConfig, type LocalConfig } from '../../../src/adapters/local/config.ts'
import { connectLocal } from '../../../src/adapters/local/connect.ts'
import { createLocalStore, type LocalStore } from '../../../src/adapters/local/store/local-store.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { silent } from '../../state/database-source.ts'

export interface OpenRegistry {
  readonly adapter: Adapter
  readonly store: LocalStore
}

/** An adapter and a store of one registry; the store's clock goes on by a second with each look at it. */
export async function openRegistry(
  database: GatewayDatabase,
  registry = 'registry',
  config: Partial<LocalConfig> = {},
): Promise<OpenRegistry> {
  let now = Date.UTC(2026, 0, 1)
  const full = { ...defaultLocalConfig, ...config }
  return {
    adapter: connectLocal(full, { registry, log: silent, database }),
    store: createLocalStore(database, registry, { config: full, now: () => (now += 1000) }),
  }
}
