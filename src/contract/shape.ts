type Fields = Readonly<Record<string, unknown>>

/**
 * @param exact to the letter of the contract, which an adapter that is tested has to keep; otherwise what does no harm
 * to who reads it is let through: an empty text, a number too large to be exact, a field that nobody knows.
 * @param owner what the value is a field of, when it is one.
 */
export type Test = (value: unknown, exact?: boolean, owner?: Fields) => boolean

/** What each field of a value has to be. */
export type Shape = Readonly<Record<string, Test>>

/** The same with every field of the type that it is of. */
export type ShapeOf<Type> = { readonly [Name in keyof Type]-?: Test }

/** Never empty. */
export const isText: Test = (value, exact) => typeof value === 'string' && (!exact || value !== '')
export const isAnyText: Test = (value) => typeof value === 'string'
export const isBoolean: Test = (value) => typeof value === 'boolean'
export const isNumber: Test = (value) => typeof value === 'number'
export const isInteger: Test = (value, exact) =>
  exact ? Number.isSafeInteger(value) : Number.isInteger(value)
/** An integer that is not negative. */
export const isCount: Test = (value, exact) => isInteger(value, exact) && Number(value) >= 0
export const isTime: Test = (value) => value instanceof Date && !Number.isNaN(value.getTime())
export const isMethod: Test = (value) => typeof value === 'function'

export function isOneOf(texts: readonly string[]): Test {
  return (value) => typeof value === 'string' && texts.includes(value)
}

export function isList(holds: Test): Test {
  return (value, exact) => Array.isArray(value) && value.every((each) => holds(each, exact))
}

export function isNullOr(holds: Test): Test {
  return (value, exact, owner) => value === null || holds(value, exact, owner)
}

export function isAbsentOr(holds: Test): Test {
  return (value, exact, owner) => value === undefined || holds(value, exact, owner)
}

export function is(shape: Shape): Test {
  return (value, exact) => (exact ? flawsOf(shape, value).length === 0 : flawOf(shape, value) === null)
}

/** The first field that is not what it has to be; `null`: there is none. */
export function flawOf(shape: Shape, value: unknown): string | null {
  if (!isFields(value)) return ''
  for (const name in shape) if (!shape[name]?.(value[name], false, value)) return name
  return null
}

/** Every field that is not exactly what it has to be, and those that the shape does not know. */
export function flawsOf(shape: Shape, value: unknown): string[] {
  if (!isFields(value)) return ['not an object']
  const off = Object.entries(shape).filter(([name, holds]) => !holds(value[name], true, value))
  const foreign = Object.keys(value).filter((name) => !Object.hasOwn(shape, name))
  return [...off.map(([name]) => name), ...foreign]
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
