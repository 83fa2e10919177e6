import type { Federation } from '../session/federation.ts'
import type { Readers } from '../session/readers.ts'
import type { CatalogSettings } from './catalog-settings.ts'
import type { KeptRecords } from './kept-records.ts'
import type { RegistryState, SyncStore } from './sync-store.ts'

/** What is kept of which registries. */
export interface Catalog {
  readonly records: KeptRecords
  readonly counts: Pick<Readers, 'countModels'>
  readonly store: SyncStore
  /** By the names of registries; those that are left out are not there. */
  readonly settings: ReadonlyMap<string, CatalogSettings>
}

/** Of whatever is kept of a registry: everything that was there at that time is in it. Null: it was never synced. */
export function asOf({ checkedAt, sweptAt }: RegistryState): Date | null {
  return sweptAt === null ? null : new Date(checkedAt ?? sweptAt)
}

/** Whether it is older than it should be. */
export function isStale(state: RegistryState, { staleAfterMs }: CatalogSettings): boolean {
  const known = asOf(state)
  return state.problem !== null || known === null || Date.now() - known.getTime() > staleAfterMs
}

export interface SyncContext {
  readonly federation: Federation
  readonly catalog: Catalog
  /** Before each question to a registry: people come first. */
  giveWay?(): Promise<void>
}
