import type {
  AliasKey,
  ModelPage,
  ModelQuery,
  ModelRecord,
  ModelVersionRecord,
  Outcome,
  RunRecord,
  VersionKey,
  VersionPage,
  VersionPlace,
  VersionsOfModel,
} from '../../contract/index.ts'
import type { FederatedVersionQuery } from '../records/row-order.ts'
import type { RegistryState } from './sync-store.ts'

/** The part of the catalog that is one registry's. */
export type RegistryPart = Pick<RegistryState, 'id' | 'hasTimeless'>

/** What is kept of the registries, as their adapters gave it. */
export interface KeptRecords {
  listModels(part: RegistryPart, query: ModelQuery): Promise<ModelPage>
  listVersions(part: RegistryPart, query: FederatedVersionQuery): Promise<VersionPage>
  models(part: RegistryPart, names: readonly string[]): Promise<readonly Outcome<ModelRecord>[]>
  versions(part: RegistryPart, keys: readonly VersionKey[]): Promise<readonly Outcome<ModelVersionRecord>[]>
  versionsOfModels(
    part: RegistryPart,
    names: readonly string[],
    limit: number,
  ): Promise<readonly Outcome<VersionsOfModel>[]>
  latestVersions(
    part: RegistryPart,
    names: readonly string[],
  ): Promise<readonly Outcome<readonly ModelVersionRecord[]>[]>
  holdersOfAliases(
    part: RegistryPart,
    keys: readonly AliasKey[],
  ): Promise<readonly Outcome<ModelVersionRecord>[]>
  /** Of each version its copies, by model and version. */
  copiesOf(
    part: RegistryPart,
    origins: readonly VersionPlace[],
    limit: number,
  ): Promise<readonly VersionsOfModel[]>
  runs(part: RegistryPart, runIds: readonly string[]): Promise<readonly Outcome<RunRecord>[]>
}
