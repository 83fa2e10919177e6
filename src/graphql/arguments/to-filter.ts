import type {
  Filter,
  ModelFilter,
  ModelLeaf,
  TextTest,
  TimeCondition,
  VersionFilter,
  VersionLeaf,
} from '../../contract/index.ts'
import { InputError } from '../../federation/errors/input-error.ts'
import type * as Input from '../generated/resolver-types.ts'

type Given<T> = T | null | undefined

/** Null when it takes everything. @throws InputError naming `where`. */
export function toModelFilter(input: Given<Input.ModelFilter>): ModelFilter | null {
  return input ? simplify(modelFilter(input)) : null
}

/** Null when it takes everything. @throws InputError naming `where`. */
export function toVersionFilter(input: Given<Input.ModelVersionFilter>): VersionFilter | null {
  return input ? simplify(versionFilter(input)) : null
}

function modelFilter(input: Input.ModelFilter): ModelFilter {
  return all<ModelLeaf>([
    ...connectives(input, modelFilter),
    ...text('name', input.name),
    ...text('description', input.description),
    ...text('alias', input.alias),
    ...tag(input.tag),
    ...times('createdAt', input.createdAt),
    ...times('updatedAt', input.updatedAt),
  ])
}

function versionFilter(input: Input.ModelVersionFilter): VersionFilter {
  return all<VersionLeaf>([
    ...connectives(input, versionFilter),
    ...text('model', input.model),
    ...text('version', input.version),
    ...text('description', input.description),
    ...text('source', input.source),
    ...text('alias', input.alias),
    ...text('stage', input.stage, namesStage),
    ...text('runId', input.runId),
    ...tag(input.tag),
    ...times('createdAt', input.createdAt),
    ...times('updatedAt', input.updatedAt),
    ...(input.status ? [{ kind: 'status', in: input.status } as const] : []),
    ...metric(input.metric),
    ...(input.param
      ? [{ kind: 'param', key: input.param.key, tests: textTests(input.param.value) } as const]
      : []),
  ])
}

interface Connectives<Own> {
  readonly and?: Given<readonly Own[]>
  readonly or?: Given<readonly Own[]>
  readonly not?: Given<Own>
}

function connectives<Own extends Connectives<Own>, Leaf>(
  input: Own,
  convert: (inner: Own) => Filter<Leaf>,
): Filter<Leaf>[] {
  const filters: Filter<Leaf>[] = []
  if (input.and) filters.push({ kind: 'and', filters: input.and.map(convert) })
  if (input.or) filters.push({ kind: 'or', filters: input.or.map(convert) })
  if (input.not) filters.push({ kind: 'not', filter: convert(input.not) })
  return filters
}

/** A filter without any operator asks for nothing. */
function text<Field extends string>(
  field: Field,
  input: Given<Input.StringFilter>,
  adapt: (test: TextTest) => TextTest = (test) => test,
) {
  const tests = textTests(input).map(adapt)
  return tests.length > 0 ? [{ kind: 'text' as const, field, tests }] : []
}

export function textTests(input: Given<Input.StringFilter>): TextTest[] {
  const ignoreCase = input?.ignoreCase ?? false
  const single = (['eq', 'ne', 'contains', 'startsWith', 'endsWith'] as const).flatMap((operator) => {
    const value = input?.[operator]
    return value === null || value === undefined ? [] : [{ operator, value, ignoreCase }]
  })
  return input?.in ? [...single, { operator: 'in', values: input.in, ignoreCase }] : single
}

/** A stage that is named is found without regard to case. */
function namesStage(test: TextTest): TextTest {
  const names = test.operator === 'eq' || test.operator === 'ne' || test.operator === 'in'
  return names ? { ...test, ignoreCase: true } : test
}

function tag(input: Given<Input.TagFilter>): Filter<ModelLeaf & VersionLeaf>[] {
  if (!input) return []
  const tests = textTests(input.value)
  const leaf = { kind: 'tag', key: input.key, tests } as const
  if (input.exists !== false) return [leaf]
  if (input.value) {
    throw new InputError(
      'where',
      `The tag "${input.key}" cannot be missing and have a value: leave out \`value\` or \`exists\`.`,
    )
  }
  return [{ kind: 'not', filter: leaf }]
}

function metric(input: Given<Input.MetricFilter>): VersionLeaf[] {
  if (!input) return []
  return (['eq', 'gt', 'gte', 'lt', 'lte'] as const).flatMap((operator) => {
    const value = input.value[operator]
    return value === null || value === undefined ? [] : [{ kind: 'metric', key: input.key, operator, value }]
  })
}

/** Records hold whole milliseconds, so a bound between two of them is moved to the next one that says the same. */
function times(field: TimeCondition['field'], input: Given<Input.DateTimeFilter>): TimeCondition[] {
  return (['gt', 'gte', 'lt', 'lte'] as const).flatMap((operator) => {
    const milliseconds = input?.[operator]
    if (milliseconds === null || milliseconds === undefined) return []
    const whole = Math.floor(milliseconds)
    const between = whole !== milliseconds
    const exact = between ? (operator === 'gt' || operator === 'gte' ? 'gt' : 'lte') : operator
    return [{ kind: 'time', field, operator: exact, value: new Date(whole) }]
  })
}

function all<Leaf>(filters: readonly Filter<Leaf>[]): Filter<Leaf> {
  const [only] = filters
  return filters.length === 1 && only ? only : { kind: 'and', filters }
}

function simplify<Leaf extends { readonly kind: string }>(filter: Filter<Leaf>): Filter<Leaf> | null {
  return filter.kind === 'and' && 'filters' in filter && filter.filters.length === 0 ? null : filter
}
