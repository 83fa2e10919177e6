import type {
  AliasKey,
  ListPage,
  ModelFilter,
  ModelQuery,
  Outcome,
  VersionFilter,
  VersionKey,
} from '../../contract/index.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { FederatedModel, FederatedRun, FederatedVersion, ReadMode } from '../records/records.ts'
import type { FederatedVersionQuery } from '../records/row-order.ts'
import type { OrderTrust } from '../registry/order-trust.ts'
import type { FederatedVersionsOfModel, RegistryReads } from '../registry/registry-reads.ts'

/**
 * What is read of one registry in one request, by lists and by the fields below their rows alike. Records say which
 * mode they were read in, and what belongs to them is read in the same.
 */
export interface Reader {
  readonly mode: ReadMode
  /** The registry's. */
  readonly name: string
  readonly record: FederatedRegistry
  /** Fires at the deadline, or when nobody waits any more. */
  readonly signal: AbortSignal
  readonly orderTrust: OrderTrust
  /** Of when the answers are that it gives now. */
  asOf(): Date
  /** Whether they are older than they should be. */
  readonly isStale: boolean
  listModels(query: ModelQuery): Promise<ListPage<FederatedModel, ModelFilter>>
  listVersions(query: FederatedVersionQuery): Promise<ListPage<FederatedVersion, VersionFilter>>
  model(name: string): Promise<FederatedModel | null>
  version(key: VersionKey): Promise<FederatedVersion | null>
  versionsOfModel(model: string, limit: number): Promise<FederatedVersionsOfModel | null>
  latestVersions(model: string): Promise<readonly FederatedVersion[] | null>
  holderOfAlias(key: AliasKey): Promise<FederatedVersion | null>
  /** At once where the version has brought them. */
  aliasesOfVersion(version: FederatedVersion): readonly string[] | Promise<readonly string[]>
  run(runId: string): Promise<FederatedRun | null>
  runOrWhyNot(runId: string): Promise<Outcome<FederatedRun>>
  artifactLocation(version: FederatedVersion): Promise<string | null>
  artifacts(
    key: VersionKey,
    path: string,
  ): Promise<Exclude<Awaited<ReturnType<RegistryReads['artifacts']>>, Error>>
  /** A record that a list brought: nobody has to read it again. */
  know(model: FederatedModel): void
  knowVersion(version: FederatedVersion): void
}
