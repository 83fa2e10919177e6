import { is, isBoolean, isList, isNumber, isOneOf, isText, isTime, type Shape } from '../contract/shape.ts'

const comparisons = isOneOf(['gt', 'gte', 'lt', 'lte'])
const textOperators = isOneOf(['eq', 'ne', 'contains', 'startsWith', 'endsWith'])

const isOneText = is({ operator: textOperators, value: isText, ignoreCase: isBoolean })
const isAnyText = is({ operator: isOneOf(['in']), values: isList(isText), ignoreCase: isBoolean })
const tests = isList((test) => isOneText(test) || isAnyText(test))

const leaves: Readonly<Record<string, Shape>> = {
  text: {
    field: isOneOf(['name', 'description', 'alias', 'model', 'version', 'source', 'stage', 'runId']),
    tests,
  },
  tag: { key: isText, tests },
  time: {
    field: isOneOf(['createdAt', 'updatedAt']),
    operator: comparisons,
    value: isTime,
  },
  status: { in: isList(isText) },
  metric: {
    key: isText,
    operator: (value) => value === 'eq' || comparisons(value),
    value: isNumber,
  },
  param: { key: isText, tests },
}

/** Whether the gateway can evaluate it. */
export function isFilter(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const { kind } = value
  if (kind === 'not') return 'filter' in value && isFilter(value.filter)
  if (kind === 'and' || kind === 'or') return 'filters' in value && isList(isFilter)(value.filters)
  const shape = typeof kind === 'string' && Object.hasOwn(leaves, kind) ? leaves[kind] : undefined
  return shape !== undefined && is(shape)(value)
}
