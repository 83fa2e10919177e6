import fc, { type GeneratorValue } from 'fast-check'
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'

/** By the name of the scalar, as JSON would have them. */
const scalars: Readonly<Record<string, readonly unknown[]>> = {
  String: ['', 'fraud', 'a"b\\c\n', 'ü 模型'],
  ID: ['TW9kZWw', 'x', '7'],
  Int: [1, 3, 0, 499],
  Float: [0.5, -3, 1e21],
  Boolean: [true, false],
  DateTime: ['2026-11-21T02:44:00Z', '1999-12-31T23:59:59.9999+01:00'],
}

/** A value that its type takes, as a client would send it in variables. */
export function randomInput(random: GeneratorValue, type: GraphQLInputType, depth = 3): unknown {
  if (isNonNullType(type)) return randomInput(random, type.ofType, depth)
  if (isListType(type)) {
    const length = random(fc.nat, 2)
    return Array.from({ length }, () => randomInput(random, type.ofType, depth - 1))
  }
  if (isEnumType(type)) return pick(random, type.getValues()).name
  if (!isInputObjectType(type)) return pick(random, scalars[type.name] ?? ['x'])
  const fields = Object.values(type.getFields())
  const chosen = type.isOneOf
    ? [pick(random, fields)]
    : fields.filter((field) => isNonNullType(field.type) || (depth > 0 && random(fc.nat, 4) === 0))
  return Object.fromEntries(
    chosen.map((field) => {
      const isNull = !type.isOneOf && !isNonNullType(field.type) && random(fc.nat, 7) === 0
      return [field.name, isNull ? null : randomInput(random, field.type, depth - 1)]
    }),
  )
}

/** The same as it is written in a document. */
export function toLiteral(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return toLiteral(value, type.ofType)
  if (value === null) return 'null'
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [value]
    return `[${items.map((item) => toLiteral(item, type.ofType)).join(', ')}]`
  }
  if (isEnumType(type)) return String(value)
  if (!isInputObjectType(type)) return JSON.stringify(value)
  const fields = type.getFields()
  const given = Object.entries(value as object).flatMap(([name, each]) => {
    const field = fields[name]
    return field ? [`${name}: ${toLiteral(each, field.type)}`] : []
  })
  return `{ ${given.join(', ')} }`
}

function pick<T>(random: GeneratorValue, values: readonly T[]): T {
  return values[random(fc.nat, values.length - 1)] as T
}
