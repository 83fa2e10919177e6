import {
  type Call,
  compareCodePoints,
  type ModelVersionRecord,
  type RegistryError,
  sortVersions,
  type VersionOrder,
  type VersionPage,
  type VersionQuery,
} from '../../../contract/index.ts'
import type { ReadRows } from '../../http/read-rows.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleModel } from '../wire/place.ts'
import { type PendingModel, readContinuation, writeContinuation } from './continuation.ts'
import { findNames, mayMatch } from './filter.ts'
import { inParallel } from './load-each.ts'
import { listContainers } from './models.ts'
import { readVersions } from './read-versions.ts'

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
  if (!ordered && query.continuation === null) return toPage(query, ordered, nothingRead, 'all')
  const continued = query.continuation === null ? 'all' : readContinuation(query.continuation)
  const models =
    continued === 'all' ? await findModels(registry, query, names, call) : { rows: continued, flaw: null }
  const isSorted = ordered && names !== null && query.order[0]?.field !== 'model'
  const { rows, flaw, left } = await readModelByModel(
    registry,
    models.rows,
    { ...query, limit: isSorted ? Number.POSITIVE_INFINITY : query.limit },
    call,
  )
  const read = {
    rows: isSorted ? sortVersions(query.order, rows) : rows,
    flaw: models.flaw ?? flaw,
  }
  return toPage(query, ordered, read, left)
}

const nothingRead: ReadRows<ModelVersionRecord> = { rows: [], flaw: null }

function isKept(order: readonly VersionOrder[], isNamed: boolean): boolean {
  if (order.some(({ field }) => field === 'metric')) return false
  return isNamed || order[0]?.field === 'model'
}

function toPage(
  query: VersionQuery,
  ordered: boolean,
  { rows, flaw }: ReadRows<ModelVersionRecord>,
  left: readonly PendingModel[] | 'all',
): VersionPage {
  return {
    items: rows,
    hints: null,
    continuation: left.length === 0 ? null : writeContinuation(left),
    residue: query.filter,
    ordered,
    flaw,
  }
}

/** Archived models too: their versions need not be. In the order of their names, where that is asked for. */
async function findModels(
  registry: AzureRegistry,
  query: VersionQuery,
  names: readonly string[] | null,
  call: Call,
): Promise<ReadRows<PendingModel>> {
  const { rows, flaw } =
    names === null ? await listContainers(registry, true, call) : { rows: named(names), flaw: null }
  const models = rows
    .filter(({ name, aliases }) => aliases === null || mayMatch(query.filter, name, aliases))
    .map(({ name, aliases }) => ({ name, aliases }))
  const [first] = query.order
  const sign = first?.direction === 'desc' ? -1 : 1
  const start = first?.field === 'model' ? (query.after?.values[0] ?? null) : null
  const wanted = models
    .filter(({ name }) => start === null || sign * compareCodePoints(name, String(start)) >= 0)
    .toSorted((a, b) => sign * compareCodePoints(a.name, b.name))
  return { rows: wanted, flaw }
}

function named(names: readonly string[]): PendingModel[] {
  return names.filter(isPossibleModel).map((name) => ({ name, aliases: null }))
}

/** As many models as give the rows that are wanted, a few at a time. */
async function readModelByModel(
  registry: AzureRegistry,
  models: readonly PendingModel[],
  { order, limit, includeArchived }: VersionQuery,
  call: Call,
) {
  const rows: ModelVersionRecord[] = []
  let flaw: RegistryError | null = null
  let read = 0
  while (read < models.length && rows.length < limit) {
    const part = models.slice(read, read + registry.connections)
    const groups = await inParallel(part, registry.connections, ({ name, aliases }) =>
      readVersions(registry, name, includeArchived, aliases, call),
    )
    for (const group of groups) {
      flaw ??= group?.flaw ?? null
      for (const row of sortVersions(order, group?.rows ?? [])) rows.push(row)
    }
    read += part.length
  }
  return { rows, flaw, left: models.slice(read) }
}
