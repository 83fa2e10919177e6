import {
  compareCodePoints,
  type ModelFilter,
  type ModelLeaf,
  type ModelOrder,
  RegistryError,
} from '../../contract/index.ts'
import type { GroupBy } from '../../stores/model-counts.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { FederatedModel } from '../records/records.ts'
import { sourceStateOf } from '../registry/source-state.ts'
import type { KeptPart } from '../session/readers.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import type { SourceOutcome } from './connection.ts'
import { modelRows } from './model-rows.ts'
import { type Reach, reachOf } from './reach.ts'

export interface GroupArguments {
  readonly by: GroupBy
  /** Names; null: all. */
  readonly registries: readonly string[] | null
  readonly environments: readonly string[] | null
  readonly filter: ModelFilter | null
  readonly first: number
}

export interface GroupOfModels {
  readonly key: string | null
  readonly models: number
  /** In the order of the configuration. */
  readonly registries: readonly FederatedRegistry[]
}

export interface GroupedModels {
  readonly groups: readonly GroupOfModels[]
  readonly sources: readonly SourceOutcome[]
  readonly complete: boolean
}

interface Asked {
  readonly registry: RegistrySession
  readonly part: KeptPart
  readonly reach: Reach<ModelLeaf>
}

interface Counted {
  readonly counts: readonly (readonly [key: string | null, models: number])[]
  readonly failure: RegistryError | null
}

const byName: readonly ModelOrder[] = [{ field: 'name', direction: 'asc' }]
const rowsAtOnce = 1000

/**
 * Counts models of the catalog by groups: where SQL can say whose models they are, by one statement over all
 * registries; elsewhere they are read, as far as lists are.
 */
export async function groupModels(session: Session, request: GroupArguments): Promise<GroupedModels> {
  const { by, environments, filter, first } = request
  if ('nameBefore' in by && by.nameBefore === '')
    throw new InputError('by', '`nameBefore` is empty; give what separates the parts of names, such as ".".')
  const startedAt = performance.now()
  const asked = await Promise.all(
    session.selectRegistries(request.registries, environments).map(async (registry): Promise<Asked> => {
      const reach = reachOf(session, modelRows, registry.record, { environments, filter })
      return { registry, part: await session.federation.readers.kept(registry), reach }
    }),
  )
  const counted = await countEach(session, asked, by, first)
  const latencyMs = Math.round(performance.now() - startedAt)
  const sources = asked.map(({ registry: { record }, part: { state, asOf, error } }, index) => {
    const failure = counted[index]?.failure ?? error
    return {
      registry: record,
      state: failure ? sourceStateOf(failure) : state,
      asOf,
      latencyMs,
      error: failure,
    }
  })
  const complete = sources.every(({ state }) => state === 'OK')
  if (!complete) session.noteIncomplete()
  return { groups: largest(asked, counted).slice(0, first), sources, complete }
}

/** By one statement what SQL can tell; the rest is read. */
async function countEach(
  session: Session,
  asked: readonly Asked[],
  by: GroupBy,
  first: number,
): Promise<readonly Counted[]> {
  const there = asked.filter(({ part }) => part.id !== null)
  const exact = there.filter(({ reach }) => reach.isExact)
  const { counts, left } = await session.federation.readers.countModels(
    exact.map(({ part, reach }) => ({ id: part.id ?? -1, filter: reach.filter })),
    by,
    exact.length === there.length ? first : null,
  )
  const byPart = Map.groupBy(counts, ({ registryId }) => registryId)
  return Promise.all(
    asked.map(async ({ registry, part: { id }, reach }) => {
      if (id === null) return { counts: [], failure: null }
      if (!reach.isExact || left.includes(id)) return countByReading(session, registry, reach, by)
      return { counts: (byPart.get(id) ?? []).map(({ key, models }) => [key, models]), failure: null }
    }),
  )
}

/** What the database cannot tell, unless it is too much. */
async function countByReading(
  session: Session,
  registry: RegistrySession,
  { filter, admits, admitsTagged }: Reach<ModelLeaf>,
  by: GroupBy,
): Promise<Counted> {
  const { readers, readBound } = session.federation
  const reader = readers.inMode('INDEXED', registry)
  const counts = new Map<string | null, number>()
  const rest = { filter, order: byName, includeArchived: false, after: null, limit: rowsAtOnce }
  let continuation: string | null = null
  let read = 0
  try {
    do {
      const page: Awaited<ReturnType<typeof reader.listModels>> = await reader.listModels({
        ...rest,
        continuation,
      })
      const asked = { residue: page.residue, whole: null, order: byName }
      for (const { row, matches } of await modelRows.examine(reader, page.items, asked)) {
        if (!matches || !(admits(row.name) ?? admitsTagged(row.name, row.tags))) continue
        const key = keyOf(row, by)
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      continuation = page.continuation
      read += page.items.length
    } while (continuation !== null && read < readBound)
  } catch (error) {
    if (error instanceof RegistryFailure) return { counts: [], failure: error.error }
    throw error
  }
  if (continuation !== null) return { counts: [], failure: tooMany(registry.name, readBound) }
  return { counts: [...counts], failure: null }
}

function keyOf({ name, tags }: FederatedModel, by: GroupBy): string | null {
  if ('tag' in by) return tags.find(({ key }) => key === by.tag)?.value ?? null
  const end = name.indexOf(by.nameBefore)
  return end < 0 ? null : name.slice(0, end)
}

function tooMany(registry: string, readBound: number): RegistryError {
  return new RegistryError(
    'LIMIT_EXCEEDED',
    `"${registry}" has more than ${readBound} models to read for these groups, because the catalog cannot pick them ` +
      'by itself. Narrow them by `where`.',
  )
}

/** By count, then by key; those without one last. */
function largest(asked: readonly Asked[], counted: readonly Counted[]): GroupOfModels[] {
  const groups = new Map<string | null, { models: number; readonly registries: FederatedRegistry[] }>()
  for (const [index, { registry }] of asked.entries()) {
    for (const [key, models] of counted[index]?.counts ?? []) {
      const group = groups.get(key) ?? { models: 0, registries: [] }
      group.models += models
      group.registries.push(registry.record)
      groups.set(key, group)
    }
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .sort((a, b) => b.models - a.models || compareKeys(a.key, b.key))
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return compareCodePoints(a, b)
}
