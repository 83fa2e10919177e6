import {
  type Filter,
  type MetricCondition,
  type ModelFilter,
  type ModelLeaf,
  type RunRecord,
  type TimeCondition,
  textMatcher,
  type VersionFilter,
  type VersionLeaf,
} from '../../contract/index.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import { isConnective } from './filter-tree.ts'

/** A version with what its own record does not hold and a filter may ask for. */
export interface VersionFacts {
  readonly version: FederatedVersion
  readonly aliases: readonly string[]
  readonly run: RunRecord | null
}

type Matcher<Row> = (row: Row) => boolean

/** A filter as a function for many rows: what it looks for is prepared once. */
export function modelMatcher(filter: ModelFilter): Matcher<FederatedModel> {
  return matcherOf(filter, modelLeafMatcher)
}

export function versionMatcher(filter: VersionFilter): Matcher<VersionFacts> {
  return matcherOf(filter, versionLeafMatcher)
}

function matcherOf<Leaf extends { readonly kind: string }, Row>(
  filter: Filter<Leaf>,
  leafMatcher: (leaf: Leaf) => Matcher<Row>,
): Matcher<Row> {
  if (!isConnective(filter)) return leafMatcher(filter)
  if (filter.kind === 'not') {
    const matches = matcherOf(filter.filter, leafMatcher)
    return (row) => !matches(row)
  }
  const matchers = filter.filters.map((each) => matcherOf(each, leafMatcher))
  return filter.kind === 'and'
    ? (row) => matchers.every((matches) => matches(row))
    : (row) => matchers.some((matches) => matches(row))
}

function modelLeafMatcher(leaf: ModelLeaf): Matcher<FederatedModel> {
  switch (leaf.kind) {
    case 'tag': {
      const has = entryMatcher(leaf)
      return ({ tags }) => has(tags)
    }
    case 'time':
      return (model) => timeHolds(leaf, model[leaf.field])
    case 'text': {
      const { field } = leaf
      const matches = textMatcher(leaf.tests)
      if (field === 'alias') return ({ aliases }) => aliases.some(({ name }) => matches(name))
      return (model) => holdsOf(model[field], matches)
    }
  }
}

function versionLeafMatcher(leaf: VersionLeaf): Matcher<VersionFacts> {
  switch (leaf.kind) {
    case 'tag': {
      const has = entryMatcher(leaf)
      return ({ version }) => has(version.tags)
    }
    case 'time':
      return ({ version }) => timeHolds(leaf, version[leaf.field])
    case 'status': {
      const wanted = new Set(leaf.in)
      return ({ version }) => wanted.has(version.status)
    }
    case 'metric':
      return ({ run }) => metricHolds(leaf, metricOf(run, leaf.key))
    case 'param': {
      const has = entryMatcher(leaf)
      return ({ run }) => run !== null && has(run.params)
    }
    case 'text': {
      const { field } = leaf
      const matches = textMatcher(leaf.tests)
      if (field === 'alias') return ({ aliases }) => aliases.some((alias) => matches(alias))
      const property = field === 'model' ? 'modelName' : field
      return ({ version }) => holdsOf(version[property], matches)
    }
  }
}

/** Whether an entry of that key is there whose value passes the tests. */
function entryMatcher({ key: wanted, tests }: Extract<VersionLeaf, { kind: 'tag' | 'param' }>) {
  const matches = textMatcher(tests)
  return (entries: readonly { readonly key: string; readonly value: string }[]) =>
    entries.some(({ key, value }) => key === wanted && matches(value))
}

/** NaN counts as not there, in filters and in orders. */
export function metricOf(run: RunRecord | null, key: string): number | null {
  const value = run?.metrics.find((metric) => metric.key === key)?.value
  return value === undefined || Number.isNaN(value) ? null : value
}

function holdsOf(value: string | null, matches: (value: string) => boolean): boolean {
  return value !== null && matches(value)
}

function timeHolds({ operator, value }: TimeCondition, time: Date | null): boolean {
  return time !== null && compares(operator, time.getTime(), value.getTime())
}

function metricHolds({ operator, value }: MetricCondition, actual: number | null): boolean {
  return actual !== null && compares(operator, actual, value)
}

function compares(operator: MetricCondition['operator'], actual: number, wanted: number): boolean {
  switch (operator) {
    case 'eq':
      return actual === wanted
    case 'gt':
      return actual > wanted
    case 'gte':
      return actual >= wanted
    case 'lt':
      return actual < wanted
    case 'lte':
      return actual <= wanted
  }
}
