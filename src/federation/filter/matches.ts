import type {
  Connective,
  Filter,
  MetricCondition,
  ModelFilter,
  ModelLeaf,
  RunRecord,
  TimeCondition,
  VersionFilter,
  VersionLeaf,
} from '../../contract/index.ts'
import type { FederatedModel, FederatedVersion } from '../records.ts'
import { passes } from './text-tests.ts'

/** What a version's own record does not hold and a filter or an order may ask for. */
export interface VersionFacts {
  readonly aliases: readonly string[]
  readonly run: RunRecord | null
}

export function modelMatches(filter: ModelFilter, model: FederatedModel): boolean {
  return holds(filter, (leaf) => modelLeafHolds(leaf, model))
}

export function versionMatches(
  filter: VersionFilter,
  version: FederatedVersion,
  facts: VersionFacts,
): boolean {
  return holds(filter, (leaf) => versionLeafHolds(leaf, version, facts))
}

/** Whether any leaf of the tree is of this sort. */
export function asksFor<Leaf extends { readonly kind: string }>(
  filter: Filter<Leaf> | null,
  sort: (leaf: Leaf) => boolean,
): boolean {
  if (filter === null) return false
  if (!isConnective(filter)) return sort(filter)
  const inner = filter.kind === 'not' ? [filter.filter] : filter.filters
  return inner.some((each) => asksFor(each, sort))
}

function holds<Leaf extends { readonly kind: string }>(
  filter: Filter<Leaf>,
  leafHolds: (leaf: Leaf) => boolean,
): boolean {
  if (!isConnective(filter)) return leafHolds(filter)
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((each) => holds(each, leafHolds))
    case 'or':
      return filter.filters.some((each) => holds(each, leafHolds))
    case 'not':
      return !holds(filter.filter, leafHolds)
  }
}

function isConnective<Leaf extends { readonly kind: string }>(
  filter: Filter<Leaf>,
): filter is Connective<Leaf> {
  return filter.kind === 'and' || filter.kind === 'or' || filter.kind === 'not'
}

function modelLeafHolds(leaf: ModelLeaf, model: FederatedModel): boolean {
  switch (leaf.kind) {
    case 'tag':
      return model.tags.some(({ key, value }) => key === leaf.key && passes(value, leaf.tests))
    case 'time':
      return timeHolds(leaf, model[leaf.field])
    case 'text':
      if (leaf.field === 'alias') return model.aliases.some(({ name }) => passes(name, leaf.tests))
      return textHolds(model[leaf.field], leaf.tests)
  }
}

function versionLeafHolds(leaf: VersionLeaf, version: FederatedVersion, facts: VersionFacts): boolean {
  switch (leaf.kind) {
    case 'tag':
      return version.tags.some(({ key, value }) => key === leaf.key && passes(value, leaf.tests))
    case 'time':
      return timeHolds(leaf, version[leaf.field])
    case 'status':
      return leaf.in.includes(version.status)
    case 'metric':
      return metricHolds(leaf, metricOf(facts.run, leaf.key))
    case 'param':
      return (
        facts.run?.params.some(({ key, value }) => key === leaf.key && passes(value, leaf.tests)) ?? false
      )
    case 'text':
      if (leaf.field === 'alias') return facts.aliases.some((alias) => passes(alias, leaf.tests))
      return textHolds(leaf.field === 'model' ? version.modelName : version[leaf.field], leaf.tests)
  }
}

/** NaN counts as not there, in filters and in orders. */
export function metricOf(run: RunRecord | null, key: string): number | null {
  const value = run?.metrics.find((metric) => metric.key === key)?.value
  return value === undefined || Number.isNaN(value) ? null : value
}

function textHolds(value: string | null, tests: Parameters<typeof passes>[1]): boolean {
  return value !== null && passes(value, tests)
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
