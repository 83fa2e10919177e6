import type { TextTest, TimeCondition } from 'modelgate/adapter'
import type { AnyFilter, Leaf } from './narrowing.ts'

/** What a summary says of a row; the other fields cost a request for each row. */
export interface KnownFields {
  readonly texts: Readonly<Record<string, string | null>>
  readonly createdAt: Date | null
}

/**
 * Whether a row can still match by what is known of it, so that no request is spent on one that cannot. The gateway
 * checks the whole filter on the rows that are left.
 */
export function mayMatch(filter: AnyFilter | null, row: KnownFields): boolean {
  return filter === null || judge(filter, row) !== false
}

/** `null`: not known. */
type Verdict = boolean | null

function judge(filter: AnyFilter, row: KnownFields): Verdict {
  switch (filter.kind) {
    case 'and':
      return all(filter.filters.map((each) => judge(each, row)))
    case 'or':
      return negate(all(filter.filters.map((each) => negate(judge(each, row)))))
    case 'not':
      return negate(judge(filter.filter, row))
    default:
      return judgeLeaf(filter, row)
  }
}

function judgeLeaf(leaf: Leaf, { texts, createdAt }: KnownFields): Verdict {
  if (leaf.kind === 'metric' || leaf.kind === 'param') return false
  if (leaf.kind === 'time' && leaf.field === 'createdAt') return createdAt !== null && holds(leaf, createdAt)
  if (leaf.kind !== 'text') return null
  const value = texts[leaf.field]
  if (value === undefined) return null
  return value !== null && leaf.tests.every((test) => passes(test, value))
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false
  return verdicts.includes(null) ? null : true
}

function negate(verdict: Verdict): Verdict {
  return verdict === null ? null : !verdict
}

function holds({ operator, value }: TimeCondition, time: Date): boolean {
  if (operator === 'gt') return time > value
  if (operator === 'gte') return time >= value
  return operator === 'lt' ? time < value : time <= value
}

function passes(test: TextTest, value: string): boolean {
  const fold = (text: string) => (test.ignoreCase ? text.toLowerCase() : text)
  const given = fold(value)
  if (test.operator === 'in') return test.values.some((each) => fold(each) === given)
  const wanted = fold(test.value)
  switch (test.operator) {
    case 'eq':
      return given === wanted
    case 'ne':
      return given !== wanted
    case 'contains':
      return given.includes(wanted)
    case 'startsWith':
      return given.startsWith(wanted)
    case 'endsWith':
      return given.endsWith(wanted)
  }
}
