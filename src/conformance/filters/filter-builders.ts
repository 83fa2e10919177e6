import type {
  Filter,
  MetricCondition,
  ModelFilter,
  ParamCondition,
  TagCondition,
  TextCondition,
  TextTest,
  TimeCondition,
  VersionFilter,
  VersionStatus,
} from '../../contract/index.ts'

type TextOperator = Exclude<TextTest['operator'], 'in'>

export function test(operator: TextOperator, value: string, ignoreCase = false): TextTest {
  return { operator, value, ignoreCase }
}

export function oneOf(values: readonly string[], ignoreCase = false): TextTest {
  return { operator: 'in', values, ignoreCase }
}

export function text<Field extends string>(field: Field, ...tests: TextTest[]): TextCondition<Field> {
  return { kind: 'text', field, tests }
}

export function tag(key: string, ...tests: TextTest[]): TagCondition {
  return { kind: 'tag', key, tests }
}

export function param(key: string, ...tests: TextTest[]): ParamCondition {
  return { kind: 'param', key, tests }
}

export function metric(key: string, operator: MetricCondition['operator'], value: number): MetricCondition {
  return { kind: 'metric', key, operator, value }
}

export function time(
  field: TimeCondition['field'],
  operator: TimeCondition['operator'],
  value: Date,
): TimeCondition {
  return { kind: 'time', field, operator, value }
}

export function status(...statuses: VersionStatus[]): VersionFilter {
  return { kind: 'status', in: statuses }
}

export function and<Leaf>(...filters: Filter<Leaf>[]): Filter<Leaf> {
  return { kind: 'and', filters }
}

export function or<Leaf>(...filters: Filter<Leaf>[]): Filter<Leaf> {
  return { kind: 'or', filters }
}

export function not<Leaf>(filter: Filter<Leaf>): Filter<Leaf> {
  return { kind: 'not', filter }
}

/** Keeps a read of models to those of the fixture. */
export function modelsOf(prefix: string, filter: ModelFilter | null = null): ModelFilter {
  const own = text('name', test('startsWith', prefix))
  return filter === null ? own : and<Exclude<ModelFilter, { kind: 'and' | 'or' | 'not' }>>(own, filter)
}

/** Keeps a read of versions to those of the fixture. */
export function versionsOf(prefix: string, filter: VersionFilter | null = null): VersionFilter {
  const own = text('model', test('startsWith', prefix))
  return filter === null ? own : and<Exclude<VersionFilter, { kind: 'and' | 'or' | 'not' }>>(own, filter)
}
