import {
  foldCase,
  type MetricCondition,
  type ModelFilter,
  type ModelLeaf,
  type ModelRecord,
  type ModelVersionRecord,
  type RunRecord,
  type TagCondition,
  type TextCondition,
  type TextTest,
  type TimeCondition,
  type VersionFilter,
  type VersionLeaf,
} from '../../contract/index.ts'

/** A version with what its filters look at beside its own record. */
export interface VersionFacts {
  readonly record: ModelVersionRecord
  readonly aliases: readonly string[]
  readonly run: RunRecord | null
}

/** Whether a filter of the contract holds of a model: the meaning spelled out, with no thought of speed. */
export function matchesModel(filter: ModelFilter | null, row: ModelRecord): boolean {
  if (filter === null) return true
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((inner) => matchesModel(inner, row))
    case 'or':
      return filter.filters.some((inner) => matchesModel(inner, row))
    case 'not':
      return !matchesModel(filter.filter, row)
    default:
      return modelLeaf(filter, row)
  }
}

/** Whether a filter of the contract holds of a version. */
export function matchesVersion(filter: VersionFilter | null, row: VersionFacts): boolean {
  if (filter === null) return true
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((inner) => matchesVersion(inner, row))
    case 'or':
      return filter.filters.some((inner) => matchesVersion(inner, row))
    case 'not':
      return !matchesVersion(filter.filter, row)
    default:
      return versionLeaf(filter, row)
  }
}

function modelLeaf(leaf: ModelLeaf, row: ModelRecord): boolean {
  switch (leaf.kind) {
    case 'text':
      return someText(modelTexts(leaf, row), leaf.tests)
    case 'tag':
      return hasTag(leaf, row)
    case 'time':
      return timeHolds(leaf, row[leaf.field])
  }
}

function modelTexts(leaf: TextCondition<'name' | 'description' | 'alias'>, row: ModelRecord) {
  return leaf.field === 'alias' ? row.aliases.map(({ name }) => name) : [row[leaf.field]]
}

function versionLeaf(leaf: VersionLeaf, row: VersionFacts): boolean {
  switch (leaf.kind) {
    case 'text':
      return someText(versionTexts(leaf.field, row), leaf.tests)
    case 'tag':
      return hasTag(leaf, row.record)
    case 'time':
      return timeHolds(leaf, row.record[leaf.field])
    case 'status':
      return leaf.in.includes(row.record.status)
    case 'metric':
      return metricHolds(leaf, row.run)
    case 'param':
      return someText(valuesOf(leaf.key, row.run?.params ?? []), leaf.tests)
  }
}

function versionTexts(field: Extract<VersionLeaf, { kind: 'text' }>['field'], row: VersionFacts) {
  if (field === 'alias') return row.aliases
  return [field === 'model' ? row.record.modelName : row.record[field]]
}

function hasTag(leaf: TagCondition, row: ModelRecord | ModelVersionRecord): boolean {
  return someText(valuesOf(leaf.key, row.tags), leaf.tests)
}

function valuesOf(
  key: string,
  entries: readonly { readonly key: string; readonly value: string }[],
): string[] {
  return entries.filter((entry) => entry.key === key).map(({ value }) => value)
}

function someText(values: readonly (string | null)[], tests: readonly TextTest[]): boolean {
  return values.some((value) => value !== null && tests.every((test) => textHolds(test, value)))
}

function textHolds(test: TextTest, value: string): boolean {
  const fold = (text: string) => (test.ignoreCase ? foldCase(text) : text)
  const folded = fold(value)
  switch (test.operator) {
    case 'eq':
      return folded === fold(test.value)
    case 'ne':
      return folded !== fold(test.value)
    case 'in':
      return test.values.some((wanted) => folded === fold(wanted))
    case 'contains':
      return folded.includes(fold(test.value))
    case 'startsWith':
      return folded.startsWith(fold(test.value))
    case 'endsWith':
      return folded.endsWith(fold(test.value))
  }
}

function timeHolds(leaf: TimeCondition, time: Date | null): boolean {
  return time !== null && compares(leaf.operator, time.getTime(), leaf.value.getTime())
}

function metricHolds(leaf: MetricCondition, run: RunRecord | null): boolean {
  const metric = run?.metrics.find(({ key }) => key === leaf.key)
  return metric !== undefined && compares(leaf.operator, metric.value, leaf.value)
}

/** NaN compares with nothing, itself included. */
function compares(operator: MetricCondition['operator'], a: number, b: number): boolean {
  switch (operator) {
    case 'eq':
      return a === b
    case 'gt':
      return a > b
    case 'gte':
      return a >= b
    case 'lt':
      return a < b
    case 'lte':
      return a <= b
  }
}
