type Fields = Readonly<Record<string, unknown>>
/** `owner` is what the value is a field of, when it is one. */
type Test = (value: unknown, owner?: Fields) => boolean

/** What each field of a value has to be. */
export type Shape = Readonly<Record<string, Test>>

export const isText: Test = (value) => typeof value === 'string'
export const isTextOrNull: Test = (value) => value === null || typeof value === 'string'
export const isTextOrAbsent: Test = (value) => value === undefined || typeof value === 'string'
export const isBoolean: Test = (value) => typeof value === 'boolean'
export const isNumber: Test = (value) => typeof value === 'number'
export const isIntegerOrNull: Test = (value) => value === null || Number.isInteger(value)
/** An integer that is not negative. */
export const isCountOrNull: Test = (value) =>
  value === null || (Number.isInteger(value) && Number(value) >= 0)
export const isTimeOrNull: Test = (value) =>
  value === null || (value instanceof Date && !Number.isNaN(value.getTime()))

export function isOneOf(texts: readonly string[]): Test {
  return (value) => typeof value === 'string' && texts.includes(value)
}

export function isList(holds: Test): Test {
  return (value) => Array.isArray(value) && value.every((each) => holds(each))
}

export function isNullOr(holds: Test): Test {
  return (value) => value === null || holds(value)
}

export function is(shape: Shape): Test {
  return (value) => flawOf(shape, value) === null
}

/** The first field that is not what it has to be; `null`: there is none. */
export function flawOf(shape: Shape, value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return ''
  const fields = value as Fields
  for (const name in shape) if (!shape[name]?.(fields[name], fields)) return name
  return null
}
