import type {
  AliasKey,
  Direction,
  ListQuery,
  ModelPage,
  ModelQuery,
  ModelRecord,
  ModelVersionRecord,
  Outcome,
  RunRecord,
  VersionFilter,
  VersionKey,
  VersionOrder,
  VersionPage,
  VersionPlace,
  VersionsOfModel,
} from '../contract/index.ts'
import type { RegistryPart } from './registry-state.ts'

/** Also by what no registry is asked for: how long a version's run took, and how large the version is. */
export type KeptVersionOrder =
  | VersionOrder
  | { readonly field: 'duration' | 'size'; readonly direction: Direction }

export type KeptVersionQuery = ListQuery<VersionFilter, KeptVersionOrder>

/** What is kept of the registries, as their adapters gave it. */
export interface KeptRecords {
  listModels(part: RegistryPart, query: ModelQuery): Promise<ModelPage>
  listVersions(part: RegistryPart, query: KeptVersionQuery): Promise<VersionPage>
  models(part: RegistryPart, names: readonly string[]): Promise<readonly Outcome<ModelRecord>[]>
  versions(part: RegistryPart, keys: readonly VersionKey[]): Promise<readonly Outcome<ModelVersionRecord>[]>
  /** Of each model the highest versions. */
  versionsOfModels(
    part: RegistryPart,
    names: readonly string[],
    limit: number,
  ): Promise<readonly Outcome<VersionsOfModel>[]>
  /** Of each model the highest version in each stage and the one created last. */
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
