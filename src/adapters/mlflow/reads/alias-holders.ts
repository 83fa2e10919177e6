import {
  type Call,
  type Filter,
  type ModelFilter,
  type ModelLeaf,
  type ModelRecord,
  type ModelVersionRecord,
  type Position,
  RegistryError,
  sortVersions,
  type TextCondition,
  textMatcher,
  type VersionFilter,
  type VersionLeaf,
  type VersionPage,
  type VersionQuery,
} from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import { conjuncts } from './filter.ts'
import { listModels } from './models.ts'
import { getVersions, identifyVersion } from './version-keys.ts'

export type AliasCondition = TextCondition<'alias'>

/** How many models are looked through for one page of versions. */
const modelsPerPage = 250

export function findAliasCondition(filter: VersionFilter | null): AliasCondition | null {
  return conjuncts<VersionLeaf>(filter).find(isAliasCondition) ?? null
}

/**
 * The versions that hold an alias of some kind. No search for versions knows aliases, but models bring theirs along:
 * the models are gone through in the order of their names, and only versions that hold such an alias are read.
 */
export async function listAliasHolders(
  server: MlflowRegistry,
  query: VersionQuery,
  condition: AliasCondition,
  call: Call,
): Promise<VersionPage> {
  const [first] = query.order
  const inOrder = first?.field === 'model' && query.order.every(({ field }) => field !== 'metric')
  const page = await listModels(
    server,
    {
      filter: toModelFilter(query.filter),
      order: [{ field: 'name', direction: inOrder ? first.direction : 'asc' }],
      includeArchived: true,
      limit: Math.max(query.limit, modelsPerPage),
      after: inOrder && query.after !== null ? beginningOfModel(query.after) : null,
      continuation: query.continuation,
    },
    call,
  )
  const versions = await readHolders(server, page.items, condition, call)
  const hints = new Map(page.items.map((model, index) => [model.name, toHint(page.hints?.[index] ?? null)]))
  const items = inOrder ? sortVersions(query.order, versions) : versions
  return {
    items,
    hints: items.map((version) => hints.get(version.modelName) ?? null),
    continuation: page.continuation,
    residue: query.filter,
    ordered: inOrder && page.ordered,
    flaw: page.flaw ?? null,
  }
}

async function readHolders(
  server: MlflowRegistry,
  models: readonly ModelRecord[],
  condition: AliasCondition,
  call: Call,
): Promise<ModelVersionRecord[]> {
  const matches = textMatcher(condition.tests)
  const holders = models.flatMap((model) => holdersOf(model, matches))
  const known = new Map(
    models
      .flatMap((model) => model.latestVersions ?? [])
      .map((version) => [identifyVersion(keyOf(version)), version]),
  )
  const unknown = holders.filter((holder) => !known.has(identifyVersion(holder)))
  const read = await getVersions(server, unknown, call)
  for (const [index, outcome] of read.entries()) {
    const holder = unknown[index]
    if (RegistryError.is(outcome)) throw outcome
    if (holder && outcome) known.set(identifyVersion(holder), { ...outcome, aliases: holder.aliases })
  }
  return holders.flatMap((holder) => known.get(identifyVersion(holder)) ?? [])
}

function holdersOf(model: ModelRecord, matches: (alias: string) => boolean) {
  const byVersion = Map.groupBy(model.aliases, (alias) => alias.version)
  return [...byVersion].flatMap(([version, held]) => {
    const aliases = held.map((alias) => alias.name)
    return aliases.some(matches) ? [{ model: model.name, version, aliases }] : []
  })
}

/** What the filter asks of the model itself. */
function toModelFilter(filter: VersionFilter | null): ModelFilter {
  const filters = conjuncts<VersionLeaf>(filter).flatMap((leaf): ModelLeaf[] =>
    leaf.kind === 'text' && leaf.field === 'model' ? [{ ...leaf, field: 'name' }] : [],
  )
  return { kind: 'and', filters }
}

/** More versions of the same model may come after it. */
function beginningOfModel(after: Position): Position {
  return { ...after, values: after.values.slice(0, 1), name: null, version: null }
}

/** One model early, so that the window begins before all versions of the model. */
function toHint(hint: string | null): string | null {
  return hint === null ? null : String(Math.max(0, Number(hint) - 1))
}

function keyOf(version: ModelVersionRecord) {
  return { model: version.modelName, version: version.version }
}

function isAliasCondition(part: Filter<VersionLeaf>): part is AliasCondition {
  return part.kind === 'text' && part.field === 'alias'
}
