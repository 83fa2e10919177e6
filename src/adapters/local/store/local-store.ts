import type { AliasKey, TagRecord, VersionKey } from '../../../contract/index.ts'
import type { GatewayDatabase } from '../../../state/database.ts'
import { defaultLocalConfig, type LocalConfig } from '../config.ts'
import { deleteAlias, setAlias } from './alias-writes.ts'
import * as models from './model-writes.ts'
import { logRun, type NewRun } from './run-writes.ts'
import type { WriteContext } from './transaction.ts'
import * as versions from './version-writes.ts'

/**
 * The writes of one local registry. Each is one transaction; several of them are, when `database.queries` is a
 * transaction itself. What goes wrong is a RegistryError.
 */
export interface LocalStore {
  createModel(model: models.NewModel): Promise<void>
  renameModel(name: string, newName: string): Promise<void>
  /** `''` removes it. */
  describeModel(name: string, description: string): Promise<void>
  deleteModel(name: string): Promise<void>
  setModelTags(name: string, tags: readonly TagRecord[]): Promise<void>
  deleteModelTags(name: string, keys: readonly string[]): Promise<void>
  /** Answers the new version. */
  createVersion(version: versions.NewVersion): Promise<string>
  describeVersion(key: VersionKey, description: string): Promise<void>
  deleteVersion(key: VersionKey): Promise<void>
  setStage(key: VersionKey, stage: string): Promise<void>
  setVersionTags(key: VersionKey, tags: readonly TagRecord[]): Promise<void>
  deleteVersionTags(key: VersionKey, keys: readonly string[]): Promise<void>
  /** Answers the version that held it before, as does `deleteAlias`. */
  setAlias(key: AliasKey, version: string): Promise<string | null>
  deleteAlias(key: AliasKey): Promise<string | null>
  logRun(run: NewRun): Promise<void>
}

export interface LocalStoreOptions {
  readonly config?: LocalConfig
  /** Epoch milliseconds. */
  readonly now?: () => number
}

export function createLocalStore(
  database: Pick<GatewayDatabase, 'queries'>,
  registry: string,
  { config = defaultLocalConfig, now = Date.now }: LocalStoreOptions = {},
): LocalStore {
  const context: WriteContext = { queries: database.queries, registry, config, now }
  return {
    createModel: async (model) => models.createModel(context, model),
    renameModel: async (name, newName) => models.renameModel(context, name, newName),
    describeModel: async (name, description) => models.describeModel(context, name, description),
    deleteModel: async (name) => models.deleteModel(context, name),
    setModelTags: async (name, tags) => models.setModelTags(context, name, tags),
    deleteModelTags: async (name, keys) => models.deleteModelTags(context, name, keys),
    createVersion: async (version) => versions.createVersion(context, version),
    describeVersion: async (key, description) => versions.describeVersion(context, key, description),
    deleteVersion: async (key) => versions.deleteVersion(context, key),
    setStage: async (key, stage) => versions.setStage(context, key, stage),
    setVersionTags: async (key, tags) => versions.setVersionTags(context, key, tags),
    deleteVersionTags: async (key, keys) => versions.deleteVersionTags(context, key, keys),
    setAlias: async (key, version) => setAlias(context, key, version),
    deleteAlias: async (key) => deleteAlias(context, key),
    logRun: async (run) => logRun(context, run),
  }
}
