import type { Filter, ModelLeaf, TagCondition, TextTest, VersionLeaf } from '../../../contract/index.ts'
import { canTravel, ilikePattern, isOneOf, likePattern, quote } from '../wire/grammar.ts'
import type { ServerProfile } from '../wire/server-profile.ts'
import { promptTag } from './to-records.ts'

type Leaf = ModelLeaf | VersionLeaf
type TextLeaf = Extract<Leaf, { kind: 'text' }>

/**
 * What of a filter MLflow checks itself. It takes in every row that matches, and may take in more: pushed or not,
 * all of the filter stays in the residue, because what the server calls equal is up to its database (SQL Server
 * ignores blanks at the end), and checking a row again costs nothing beside a request.
 */
export interface PushedFilter {
  /** `''`: none. */
  readonly text: string
  /** No row can match. */
  readonly impossible: boolean
  /** The only model that rows can belong to. */
  readonly model: string | null
}

/** `field.operator`, for people. */
export function pushedDownFilters(profile: ServerProfile): string[] {
  const fields = {
    name: [...(profile.nameLists ? ['in'] : []), ...patterns],
    model: [...(profile.nameLists ? ['in'] : []), ...patterns],
    tag: ['exists', 'ne', ...patterns],
    runId: [...(profile.runLists ? ['in'] : []), ...patterns],
    version: profile.versionNumbers ? ['eq', 'in'] : [],
    alias: profile.aliases ? ['eq'] : [],
  }
  return Object.entries(fields).flatMap(([field, operators]) =>
    operators.map((operator) => `${field}.${operator}`),
  )
}

const patterns = ['eq', 'contains', 'startsWith', 'endsWith']

export function pushFilter(filter: Filter<Leaf> | null, profile: ServerProfile): PushedFilter {
  const leaves = conjuncts(filter)
  const conditions = leaves.flatMap((leaf) => pushLeaf(leaf, profile))
  const pushed = keepBounds(conditions.filter((condition) => condition !== never))
  const model = leaves.map((leaf) => findPinnedModel(leaf, profile)).find((found) => found !== null) ?? null
  const isPinned =
    model !== null && equal('name', model, profile.nameLists).every((pin) => pushed.includes(pin))
  return {
    text: pushed.join(' AND '),
    impossible: conditions.includes(never),
    model: isPinned ? model : null,
  }
}

/**
 * With SQLite the server fails (503) from 1000 conditions on, as its expressions may be 1000 deep, and takes a second
 * for 900 of them; proxies refuse bodies of a megabyte. The first hundred narrow a list down as well.
 */
const mostConditions = 100
const longestFilter = 100_000

/** What pins the name before all else. */
function keepBounds(conditions: readonly string[]): string[] {
  const unique = new Set(conditions)
  const pins = conditions.filter((condition) => /^name (?:=|IN) /.test(condition))
  const kept = new Set<string>()
  let length = 0
  for (const condition of new Set([...pins, ...unique])) {
    if (kept.size === mostConditions) break
    if (length + condition.length > longestFilter) continue
    length += condition.length
    kept.add(condition)
  }
  return [...unique].filter((condition) => kept.has(condition))
}

/** The parts that all have to hold. */
export function conjuncts<L extends { readonly kind: string }>(filter: Filter<L> | null): Filter<L>[] {
  if (filter === null) return []
  if (filter.kind !== 'and') return [filter]
  return (filter as { filters: readonly Filter<L>[] }).filters.flatMap((part) => conjuncts(part))
}

const never = '(never)'

function pushLeaf(leaf: Filter<Leaf>, profile: ServerProfile): string[] {
  switch (leaf.kind) {
    case 'or':
      return leaf.filters.length === 0 ? [never] : []
    case 'tag':
      return pushTag(leaf)
    case 'text':
      return leaf.tests.flatMap((test) => pushText(leaf, test, profile))
    default:
      return []
  }
}

function pushText(leaf: TextLeaf, test: TextTest, profile: ServerProfile): string[] {
  if (test.operator === 'in' && test.values.length === 0) return [never]
  switch (leaf.field) {
    case 'name':
    case 'model':
      return pushTest('name', test, profile.nameLists)
    case 'runId':
      return pushTest('run_id', test, profile.runLists)
    case 'version':
      return profile.versionNumbers ? pushVersion(test) : []
    // `source` is left alone: the gateway puts the origin of a copy, which stands in a tag, in its place.
    default:
      return []
  }
}

function pushTag({ key, tests }: TagCondition): string[] {
  // Asking for this tag makes the server list prompts.
  if (key === promptTag || !/^[\p{L}\p{N}_\-. :/]+$/u.test(key)) return []
  const field = `tags.\`${key}\``
  const conditions = tests.flatMap((test) =>
    test.operator === 'in' && test.values.length === 0 ? [never] : pushTest(field, test, false),
  )
  return conditions.length > 0 ? conditions : [`${field} LIKE '%'`]
}

function pushTest(field: string, test: TextTest, lists: boolean): string[] {
  switch (test.operator) {
    case 'eq':
      return test.ignoreCase ? like(field, test.value, '', '', true) : equal(field, test.value, lists)
    case 'in':
      return test.ignoreCase ? [] : among(field, test.values, lists)
    case 'contains':
      return like(field, test.value, '%', '%', test.ignoreCase)
    case 'startsWith':
      return like(field, test.value, '', '%', test.ignoreCase)
    case 'endsWith':
      return like(field, test.value, '%', '', test.ignoreCase)
    case 'ne': {
      const quoted = field.startsWith('tags.') && !test.ignoreCase ? quote(test.value) : null
      return quoted === null ? [] : [`${field} != ${quoted}`]
    }
  }
}

function equal(field: string, value: string, lists: boolean): string[] {
  if (lists) return among(field, [value], lists)
  const quoted = quote(value)
  return quoted === null ? like(field, value, '', '', false) : [`${field} = ${quoted}`]
}

/** The server's parser stops at some thousands of items. */
const maxListLength = 1000

function among(field: string, values: readonly string[], lists: boolean): string[] {
  if (!lists) return values.length === 1 ? values.flatMap((value) => equal(field, value, false)) : []
  const possible = [...new Set(values.filter(canTravel))]
  if (possible.length === 0) return [never]
  return possible.length > maxListLength ? [] : [isOneOf(field, possible)]
}

function like(field: string, value: string, before: string, after: string, ignoreCase: boolean): string[] {
  const pattern = ignoreCase ? ilikePattern(value) : likePattern(value)
  if (pattern === null) return []
  return [`${field} ${ignoreCase ? 'ILIKE' : 'LIKE'} '${before}${pattern}${after}'`]
}

function pushVersion(test: TextTest): string[] {
  if (test.ignoreCase || (test.operator !== 'eq' && test.operator !== 'in')) return []
  const values = test.operator === 'in' ? test.values : [test.value]
  const numbers = values.filter(isVersionNumber).map(Number)
  if (numbers.length === 0) return [never]
  if (numbers.length === 1) return [`version_number = ${numbers[0]}`]
  return [`version_number >= ${Math.min(...numbers)}`, `version_number <= ${Math.max(...numbers)}`]
}

/** Versions are numbered from 1 in a 32-bit column; anything else is no version, and may even be a server error. */
export function isVersionNumber(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text)
}

function findPinnedModel(leaf: Filter<Leaf>, profile: ServerProfile): string | null {
  if (leaf.kind !== 'text' || (leaf.field !== 'model' && leaf.field !== 'name')) return null
  const values = leaf.tests.flatMap((test) => {
    if (test.ignoreCase) return []
    if (test.operator === 'in') return test.values.length === 1 ? test.values : []
    return test.operator === 'eq' ? [test.value] : []
  })
  return values.find((value) => quote(value) !== null || (profile.nameLists && canTravel(value))) ?? null
}
