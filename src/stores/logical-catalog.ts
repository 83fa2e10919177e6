import type { TextTest } from '../contract/index.ts'
import type { NameFilter } from './name-filter.ts'
import type { ModelPlace } from './places.ts'

/** A registry, and what of it is looked at. */
export interface ClaimScope {
  readonly registry: string
  /** On the names of its models; more names may pass than are meant. Null: all. */
  readonly names: NameFilter | null
}

/** A model and the logical model that it belongs to. */
export interface ClaimRecord extends ModelPlace {
  /** Of the logical model. */
  readonly name: string
  readonly environment: string
  /** The rule that says so. */
  readonly matchedBy: string
}

export interface LogicalNameQuery {
  readonly scopes: readonly ClaimScope[]
  readonly name: readonly TextTest[] | null
  /** No model of it is in any of these; only where every scope is the whole registry. */
  readonly missingIn: readonly string[]
  /** The name of the last one that was given. */
  readonly after: string | null
  readonly limit: number
}

/** Which models belong together, as far as the catalog knows them. */
export interface LogicalCatalog {
  /** In order; more may come than match. */
  names(query: LogicalNameQuery): Promise<readonly string[]>
  /** Whatever claims these names. */
  claims(scopes: readonly ClaimScope[], names: readonly string[]): Promise<readonly ClaimRecord[]>
  /** What each of these models belongs to. */
  namesOf(models: readonly ModelPlace[]): Promise<readonly (string | null)[]>
  /** Those of these registries whose models the rules of the configuration were asked about. */
  settled(registries: readonly string[]): Promise<ReadonlySet<string>>
}

export const noLogicalCatalog: LogicalCatalog = {
  names: async () => [],
  claims: async () => [],
  namesOf: async (models) => models.map(() => null),
  settled: async () => new Set(),
}
