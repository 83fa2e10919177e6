import { sql } from 'kysely'
import type { Call, Filter, ModelLeaf, TextTest, VersionLeaf } from '../../../contract/index.ts'
import { allOf } from '../../../state/lists/condition.ts'
import { conjuncts } from '../../../state/lists/pushdown.ts'
import { toTextCondition } from '../../../state/lists/text-condition.ts'
import type { SqlCondition } from '../../../state/sql-functions.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { namePartsOf } from '../store/name-parts.ts'

/** Where the rows of a list are entered: all of the registry, those of some runs, with a tag, or with a part of a name. */
export type Entry =
  | { readonly kind: 'all' }
  | { readonly kind: 'runs'; readonly ids: readonly string[] }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'part'; readonly part: string; readonly tests: readonly TextTest[] }

type Narrow = Exclude<Entry, { kind: 'all' | 'runs' }>

type Leaf = ModelLeaf | VersionLeaf

interface EnteredList {
  readonly filter: Filter<Leaf> | null
  /** What the rows are ordered by before all else. */
  readonly order: string
  readonly tags: 'local_model_tag' | 'local_version_tag'
}

/** Further candidates than these are not compared. */
const mostCompared = 8
/** So many rows are read and sorted sooner than a page of them is found among all rows. */
const fewRows = 5000
/** Of a tag's value, in code points: a longer one may not fit into an index of PostgreSQL. */
const indexedLength = 64
/** Each with all of its versions. */
const fewNames = 500

/**
 * An index gives the rows with a tag, or with a part of a name, in the order of names, and those with a tag by their
 * creation: then a page is a stretch of it. In other orders all of them are sorted while they are few, and else the page is
 * looked for among all rows, where it is found soon because they are many.
 */
export async function chooseEntry(registry: LocalRegistry, list: EnteredList, call: Call): Promise<Entry> {
  const leaves = list.filter === null ? [] : conjuncts(list.filter)
  if (leaves.some((leaf) => exactTexts(leaf, ['name', 'model']) !== null)) return { kind: 'all' }
  const runs = leaves.map((leaf) => exactTexts(leaf, ['runId'])).find((ids) => ids !== null)
  if (runs) return { kind: 'runs', ids: runs.filter(isStorableText) }
  const candidates = leaves.flatMap(toCandidates).slice(0, mostCompared)
  const [first, ...others] = candidates
  if (first === undefined) return { kind: 'all' }
  if (others.length === 0 && givesOrder(first, list.order)) return first
  const counts = await countRows(registry, list.tags, candidates, call)
  const counted = candidates
    .map((entry, index) => ({ entry, count: counts[index] ?? fewRows }))
    .toSorted((a, b) => a.count - b.count)
  const [fewest] = counted
  if (fewest !== undefined && isFew(fewest.entry, fewest.count)) return fewest.entry
  return counted.find(({ entry }) => givesOrder(entry, list.order))?.entry ?? { kind: 'all' }
}

function isFew({ kind }: Entry, count: number): boolean {
  return count < (kind === 'part' ? fewNames : fewRows)
}

function givesOrder({ kind }: Narrow, order: string): boolean {
  return order === 'name' || order === 'model' || (kind === 'tag' && order === 'createdAt')
}

/** What a field has to be one of, for which there is an index. */
function exactTexts(leaf: Filter<Leaf>, fields: readonly string[]): readonly string[] | null {
  if (leaf.kind !== 'text' || !fields.includes(leaf.field)) return null
  for (const test of leaf.tests) {
    if (test.ignoreCase) continue
    if (test.operator === 'in') return test.values
    if (test.operator === 'eq') return [test.value]
  }
  return null
}

function toCandidates(leaf: Filter<Leaf>): Narrow[] {
  if (leaf.kind === 'tag') {
    const { key } = leaf
    if (!isStorableText(key)) return []
    return leaf.tests.flatMap((test): Narrow[] => {
      const values = test.operator === 'in' ? test.values : test.operator === 'eq' ? [test.value] : []
      const [value, ...more] = test.ignoreCase ? [] : values
      return value === undefined || more.length > 0 || !isStorableText(value)
        ? []
        : [{ kind: 'tag', key, value }]
    })
  }
  if (leaf.kind !== 'text' || (leaf.field !== 'name' && leaf.field !== 'model')) return []
  return leaf.tests.flatMap((test): Narrow[] =>
    test.operator === 'in' || test.operator === 'ne' || !isStorableText(test.value)
      ? []
      : namePartsOf(test.value).map((part) => ({ kind: 'part', part, tests: leaf.tests })),
  )
}

/** Each up to {@link fewRows}. */
async function countRows(
  registry: LocalRegistry,
  tags: EnteredList['tags'],
  entries: readonly Narrow[],
  call: Call,
): Promise<number[]> {
  const counts = entries.map((entry, index) => {
    const table = entry.kind === 'tag' ? tags : 'local_name_part'
    return sql<number>`(select count(*) from (
      select 1 from ${sql.table(table)} as e where ${isListed(registry, entry)} limit ${fewRows}) as found)`.as(
      `count_${index}`,
    )
  })
  const rows = await runStatement(registry, call, registry.database.queries.selectNoFrom(counts))
  return entries.map((_, index) => Number(rows[0]?.[`count_${index}`] ?? 0))
}

/** Of the row `e` of a table of tags or of local_name_part. What can be said of a name is said before its rows are read. */
export function isEntered(registry: LocalRegistry, entry: Narrow): SqlCondition {
  if (entry.kind === 'tag') return isListed(registry, entry)
  const { functions } = registry.database
  return allOf([
    isListed(registry, entry),
    toTextCondition(functions, sql.ref('e.model_name'), entry.tests).condition,
  ])
}

/** As an index has it. */
function isListed(registry: LocalRegistry, entry: Narrow): SqlCondition {
  const ofRegistry = sql<boolean>`e.registry = ${registry.name}`
  if (entry.kind === 'part') return allOf([ofRegistry, sql<boolean>`e.part = ${entry.part}`])
  const characters = [...entry.value]
  const parts = [
    ofRegistry,
    sql<boolean>`e.key = ${entry.key}`,
    sql<boolean>`substr(e.value, 1, ${sql.lit(indexedLength)}) = ${characters.slice(0, indexedLength).join('')}`,
  ]
  // Of a long value the index has the beginning; a shorter one is all there, and no row is looked at for it.
  return allOf(characters.length < indexedLength ? parts : [...parts, sql<boolean>`e.value = ${entry.value}`])
}
