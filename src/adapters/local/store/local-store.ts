import type { GatewayDatabase } from '../../../state/database.ts'
import { defaultLocalConfig, type LocalConfig } from '../config.ts'
import { aliasWrites } from '../writes/alias-writes.ts'
import { modelWrites } from '../writes/model-writes.ts'
import { stageWrites } from '../writes/stage-writes.ts'
import { versionWrites } from '../writes/version-writes.ts'
import { createRunWrites } from './run-writes.ts'
import { localTables } from './tables.ts'
import type { StoreContext, StorePart } from './transaction.ts'

export interface LocalStoreOptions {
  readonly config?: LocalConfig
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Fires when nothing is to be written any more. */
  readonly closed?: AbortSignal
}

export type LocalStore = ReturnType<typeof createLocalStore>

/**
 * The writes of one local registry: those of the contract, which seeds may call without a call, and runs. Each is
 * one transaction; several of them are, when `database.queries` is a transaction itself.
 */
export function createLocalStore(
  database: Pick<GatewayDatabase, StorePart>,
  registry: string,
  {
    config = defaultLocalConfig,
    now = Date.now,
    closed = new AbortController().signal,
  }: LocalStoreOptions = {},
) {
  const context: StoreContext = { name: registry, database: localTables.in(database), config, closed, now }
  return {
    models: modelWrites(context),
    versions: versionWrites(context),
    aliases: aliasWrites(context),
    stages: stageWrites(context),
    runs: createRunWrites(context),
  }
}
