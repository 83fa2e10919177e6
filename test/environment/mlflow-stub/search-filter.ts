import { parseSearchFilter, type SearchCondition } from './search-condition.ts'
import { invalidParameter } from './stub-error.ts'
import type { StubProfile } from './stub-profile.ts'

export interface SearchableRow {
  attributes: Record<string, string | number>
  tags: ReadonlyMap<string, string>
}

export type SearchPredicate = (row: SearchableRow) => boolean

const promptTag = 'mlflow.prompt.is_prompt'

/** Prompts are models too, and stay hidden unless the filter asks for them. */
export const createPredicate = (
  filter: string,
  keys: readonly string[],
  profile: StubProfile,
): SearchPredicate => {
  const conditions = parseSearchFilter(filter)
  for (const condition of conditions) refuseUnknown(condition, keys, profile)
  const effective = conditions.filter((condition) => !isIgnored(condition, profile))
  const wantsPrompts = conditions.some(({ tag, values }) => tag === promptTag && values[0] === 'true')
  return (row) =>
    (wantsPrompts || row.tags.get(promptTag) !== 'true') &&
    effective.every((condition) => holds(condition, row))
}

const refuseUnknown = (condition: SearchCondition, keys: readonly string[], profile: StubProfile): void => {
  const { key, operator } = condition
  if (key !== 'tag' && !keys.includes(key))
    throw invalidParameter(`Invalid attribute key '${key}' specified.`)
  const isNumeric = key === 'version_number'
  const isOrdering = ['<', '<=', '>', '>='].includes(operator)
  const isList = operator.endsWith('IN')
  if (isOrdering && !(isNumeric && profile.comparesVersionNumbers))
    throw invalidParameter(`Invalid comparator '${operator}'`)
  if (isNumeric && (isList || operator.endsWith('LIKE')))
    throw invalidParameter(`Invalid comparator '${operator}' for version_number`)
  if (isList && (key === 'tag' || key === 'source_path' || (key === 'name' && profile.nameIn === 'refused')))
    throw invalidParameter("Only the 'run_id' attribute supports comparison with a list")
}

const isIgnored = ({ key, operator }: SearchCondition, profile: StubProfile): boolean =>
  operator.endsWith('IN') &&
  ((key === 'name' && profile.nameIn === 'ignored') || (key === 'run_id' && profile.runIdIn === 'ignored'))

const holds = ({ key, tag, operator, values }: SearchCondition, row: SearchableRow): boolean => {
  const value = tag === undefined ? row.attributes[key] : row.tags.get(tag)
  // A condition on a tag holds only for rows that have the tag, also when it says "not".
  if (value === undefined) return false
  const wanted = typeof value === 'number' ? Number(values[0]) : (values[0] ?? '')
  switch (operator) {
    case '=':
      return value === wanted
    case '!=':
      return value !== wanted
    case '<':
      return value < wanted
    case '<=':
      return value <= wanted
    case '>':
      return value > wanted
    case '>=':
      return value >= wanted
    case 'LIKE':
      return like(`${wanted}`, '').test(`${value}`)
    case 'ILIKE':
      return like(`${wanted}`, 'i').test(`${value}`)
    case 'IN':
      return values.includes(`${value}`)
    case 'NOT IN':
      return !values.includes(`${value}`)
  }
}

/** `%` and `_` are wildcards and nothing escapes them. */
const like = (pattern: string, flags: string): RegExp => {
  const source = [...pattern].map((letter) => {
    if (letter === '%') return '.*'
    return letter === '_' ? '.' : RegExp.escape(letter)
  })
  return new RegExp(`^${source.join('')}$`, `su${flags}`)
}
