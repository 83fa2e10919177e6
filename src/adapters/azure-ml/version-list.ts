import {
  type Call,
  compareCodePoints,
  type ModelVersionRecord,
  sortVersions,
  type VersionOrder,
  type VersionPage,
  type VersionQuery,
} from '../../contract/index.ts'
import { type PendingModel, readContinuation, writeContinuation } from './continuation.ts'
import { findNames, mayMatch } from './filter.ts'
import { inParallel } from './load-each.ts'
import { listContainers } from './models.ts'
import { isPossibleModel } from './place.ts'
import { readVersions } from './read-versions.ts'
import type { AzureRegistry } from './registry.ts'

/**
 * Azure lists the versions of one model at a time. Those of named models are read together, and so can be sorted; all
 * others come model by model, which keeps the orders that begin with the model. The models that are still to come
 * travel in the continuation, so that nothing is asked for twice.
 */
export async function listVersions(
  registry: AzureRegistry,
  query: VersionQuery,
  call: Call,
): Promise<VersionPage> {
  const names = findNames(query.filter, 'model')
  const ordered = isKept(query.order, names !== null)
  // Said before anything is read, as the gateway begins anew then.
  if (!ordered && query.continuation === null) return toPage(query, ordered, [], 'all')
  const continued = query.continuation === null ? 'all' : readContinuation(query.continuation)
  const models = continued === 'all' ? await findModels(registry, query, names, call) : continued
  const { rows, left } = await readModelByModel(
    registry,
    models,
    { ...query, limit: ordered && names !== null ? Number.POSITIVE_INFINITY : query.limit },
    call,
  )
  return toPage(query, ordered, ordered && names !== null ? sortVersions(query.order, rows) : rows, left)
}

function isKept(order: readonly VersionOrder[], isNamed: boolean): boolean {
  if (order.some(({ field }) => field === 'metric')) return false
  return isNamed || order[0]?.field === 'model'
}

function toPage(
  query: VersionQuery,
  ordered: boolean,
  items: readonly ModelVersionRecord[],
  left: readonly PendingModel[] | 'all',
): VersionPage {
  return {
    items,
    hints: null,
    continuation: left.length === 0 ? null : writeContinuation(left),
    residue: query.filter,
    ordered,
  }
}

/** Archived models too: their versions need not be. */
async function findModels(
  registry: AzureRegistry,
  query: VersionQuery,
  names: readonly string[] | null,
  call: Call,
): Promise<PendingModel[]> {
  if (names !== null) return names.filter(isPossibleModel).map((name) => ({ name, aliases: null }))
  const containers = await listContainers(registry, true, call)
  const models = containers
    .filter(({ name, aliases }) => mayMatch(query.filter, name, aliases))
    .map(({ name, aliases }) => ({ name, aliases }))
  const [first] = query.order
  const sign = first?.direction === 'desc' ? -1 : 1
  const start = first?.field === 'model' ? (query.after?.values[0] ?? null) : null
  return models
    .filter(({ name }) => start === null || sign * compareCodePoints(name, String(start)) >= 0)
    .toSorted((a, b) => sign * compareCodePoints(a.name, b.name))
}

/** As many models as give the rows that are wanted, a few at a time. */
async function readModelByModel(
  registry: AzureRegistry,
  models: readonly PendingModel[],
  { order, limit, includeArchived }: VersionQuery,
  call: Call,
) {
  const rows: ModelVersionRecord[] = []
  let read = 0
  while (read < models.length && rows.length < limit) {
    const part = models.slice(read, read + registry.connections)
    const groups = await inParallel(part, registry.connections, ({ name, aliases }) =>
      readVersions(registry, name, includeArchived, aliases, call),
    )
    for (const group of groups) for (const row of sortVersions(order, group ?? [])) rows.push(row)
    read += part.length
  }
  return { rows, left: models.slice(read) }
}
