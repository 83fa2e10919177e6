import type { KeptRecords } from '../../stores/kept-records.ts'
import type { RegistryState } from '../../stores/registry-state.ts'
import type { SyncStore } from '../../stores/sync-store.ts'
import type { Federation } from '../session/federation.ts'
import type { Readers } from '../session/readers.ts'
import type { CatalogSettings } from './catalog-settings.ts'

/** What is kept of which registries. */
export interface Catalog {
  readonly records: KeptRecords
  readonly counts: Pick<Readers, 'countModels'>
  readonly store: SyncStore
  /** By the names of registries; those that are left out are not there. */
  readonly settings: ReadonlyMap<string, CatalogSettings>
}

/** Of whatever is kept of a registry: everything that was there at that time is in it. Null: it was never synced. */
export function asOf({ checkedAt, sweptAt, unclearSince }: RegistryState): Date | null {
  if (sweptAt === null) return null
  const known = checkedAt ?? sweptAt
  return new Date(Math.min(known, unclearSince ?? known))
}

/** Whether it is older than it should be. */
export function isStale(state: RegistryState, { staleAfterMs }: CatalogSettings): boolean {
  const known = asOf(state)
  if (state.problem !== null || state.isLeftBehind || known === null) return true
  return Date.now() - known.getTime() > staleAfterMs
}

export interface SyncContext {
  readonly federation: Federation
  readonly catalog: Catalog
  /** Before each question to a registry: people come first. */
  giveWay?(): Promise<void>
}
