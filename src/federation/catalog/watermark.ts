import type { ListPage, ModelOrder, VersionOrder } from '../../contract/index.ts'
import type { RegistryState } from '../../stores/registry-state.ts'
import type { Look } from '../../stores/sync-store.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { givenVersion } from './given-records.ts'
import { refreshModels } from './refresh.ts'
import { isThere, lookAt, type RegistrySync } from './registry-sync.ts'

const newestModels: readonly ModelOrder[] = [{ field: 'updatedAt', direction: 'desc' }]
const newestVersions: readonly VersionOrder[] = [{ field: 'updatedAt', direction: 'desc' }]
const rowsAtOnce = 100
/** What was written may be seen so much later than the time that it has. */
const overlapMs = 10_000

type Row = FederatedModel | FederatedVersion

/** The registry's own time of its last change; null where its rows do not come in the order of their times. */
export async function latestUpdate(sync: RegistrySync): Promise<number | null> {
  const { look, found } = await lookAt(sync, async (registry) => {
    const { pushedDownOrders } = await registry.description()
    if (!pushedDownOrders.includes('updatedAt')) return null
    return Promise.all([listModels(registry, 1, null), listVersions(registry, 1, null)])
  })
  if (found === null || found.some(({ ordered }) => !ordered)) return null
  const times = found.flatMap<Row>(({ items }) => items).map(({ updatedAt }) => updatedAt?.getTime() ?? 0)
  return notAhead(Math.max(0, ...times), look)
}

/** One row with a time to come would hide all that changes until then. */
function notAhead(time: number, { at }: Look): number {
  return Math.min(time, at)
}

/** Takes in what has been created or changed since then, as far as the registry keeps a time of it. Answers the new mark. */
export async function readNewer(
  sync: RegistrySync,
  state: RegistryState,
  watermark: number,
): Promise<number> {
  const since = watermark - overlapMs
  // At once: the mark may be no later than when either was looked at, however long it takes to read on.
  const { look, found } = await lookAt(sync, (registry) =>
    Promise.all([listModels(registry, rowsAtOnce, null), listVersions(registry, rowsAtOnce, null)]),
  )
  const [models, versions] = found
  const changed = new Set<string>()
  await readUntil(sync, listModels, { look, found: models }, since, async (_, newer) => {
    const names = newer.map(({ name }) => name)
    const kept = await sync.catalog.records.models(state, names)
    for (const [index, model] of newer.entries())
      if (!isSameTime(model, kept[index] ?? null)) changed.add(model.name)
  })
  await readUntil(sync, listVersions, { look, found: versions }, since, async (look, newer) => {
    const keys = newer.map(({ modelName: model, version }) => ({ model, version }))
    const kept = await sync.catalog.records.versions(state, keys)
    const fresh = newer.filter(
      (version, index) => !changed.has(version.modelName) && !isSameTime(version, kept[index] ?? null),
    )
    await sync.catalog.store.takeVersions(sync.right, look, fresh.map(givenVersion), null)
  })
  await refreshModels(sync, [...changed])
  const newest = found.flatMap<Row>(({ ordered, items }) => (ordered ? items : []))
  return Math.max(watermark, notAhead(latestOf(newest), look))
}

function listModels(registry: RegistrySession, limit: number, continuation: string | null) {
  return registry.listModels({ filter: null, order: newestModels, ...rest, limit, continuation })
}

function listVersions(registry: RegistrySession, limit: number, continuation: string | null) {
  return registry.listVersions({ filter: null, order: newestVersions, ...rest, limit, continuation })
}

const rest = { includeArchived: true, after: null }

/** @param first its first page. */
async function readUntil<R extends Row>(
  sync: RegistrySync,
  list: (
    registry: RegistrySession,
    limit: number,
    continuation: string | null,
  ) => Promise<ListPage<R, unknown>>,
  first: { readonly look: Look; readonly found: ListPage<R, unknown> },
  since: number,
  take: (look: Look, rows: readonly R[]) => Promise<void>,
): Promise<void> {
  let page = first
  for (;;) {
    const { look, found } = page
    if (!found.ordered) return
    const newer = found.items.filter(({ updatedAt }) => (updatedAt?.getTime() ?? 0) >= since)
    if (newer.length > 0) await take(look, newer)
    const { continuation } = found
    if (newer.length < found.items.length || continuation === null) return
    page = await lookAt(sync, (registry) => list(registry, rowsAtOnce, continuation))
  }
}

function latestOf(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(({ updatedAt }) => updatedAt?.getTime() ?? 0))
}

function isSameTime(row: Row, kept: { readonly updatedAt: Date | null } | Error | null): boolean {
  return isThere(kept) && 'updatedAt' in kept && kept.updatedAt?.getTime() === row.updatedAt?.getTime()
}
