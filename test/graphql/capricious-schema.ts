import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  buildSchema,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { RegistryError } from '../../src/contract/index.ts'
import { InputError } from '../../src/federation/errors/input-error.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import type { Resolvers } from '../../src/graphql/generated/resolver-types.ts'
import { dateTime } from '../../src/graphql/scalars.ts'
import { createSchema, loadTypeDefinitions } from '../../src/graphql/schema.ts'

const bare = buildSchema(loadTypeDefinitions())

interface Source {
  readonly type: string
  readonly seed: string
}

/** From 0 to below `count`, always the same for the same text. */
function roll(seed: string, count: number): number {
  return createHash('sha1').update(seed).digest().readUInt32BE() % count
}

const scalars: Readonly<Record<string, readonly unknown[]>> = {
  String: ['', 'plain', 'a "quoted" \\ text\n', '\ud800 alone', 'ü 模型 😀', 7, true],
  ID: ['TW9kZWw6', 12],
  Int: [0, 7, -2147483648, '5'],
  Float: [0.5, -0, 1e21, 3],
  Boolean: [true, false],
  DateTime: [new Date(0), new Date('2026-11-21T02:44:00.123Z'), new Date('9999-12-31T23:59:59Z')],
}

/** What no answer can hold: graphql-js has something to say about each. */
const impossible: Readonly<Record<string, unknown>> = {
  String: { an: 'object' },
  ID: {},
  Int: 1.5,
  Float: Number.NaN,
  Boolean: 'true',
  DateTime: new Date('+012345-01-01T00:00:00Z'),
}

function failureOf(seed: string): unknown {
  const failures = [
    new RegistryFailure('main', new RegistryError('RATE_LIMITED', 'Wait.', { retryAfterMs: 5 })),
    new InputError('first', '`first` is wrong.'),
    new TypeError('nobody is to see this'),
    'not even an error',
  ]
  return failures[roll(seed, failures.length)]
}

function isNullableWithItsItems(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return false
  return !isListType(type) || isNullableWithItsItems(type.ofType)
}

/**
 * The gateway's schema with fields that answer, fail, are null where they must not be, and are of the wrong kind, some
 * of them at once and some later: always the same at the same place, for who compares two executors.
 *
 * @param calm of so many fields, one does something odd.
 */
export function capriciousSchema(calm: number): GraphQLSchema {
  const make = (type: GraphQLOutputType, seed: string): unknown => {
    const oddity = roll(`odd ${seed}`, calm)
    if (isNonNullType(type)) {
      const value = make(type.ofType, seed)
      return value === null && oddity > 2 ? make(type.ofType, `${seed}!`) : value
    }
    if (oddity < 3) return null
    if (isListType(type)) {
      const length = roll(`length ${seed}`, 4)
      return Array.from({ length }, (_, index) => make(type.ofType, `${seed}.${index}`))
    }
    if (isLeafType(type)) {
      if (oddity === 3) return isEnumType(type) ? 'NO_SUCH_VALUE' : impossible[type.name]
      const values = isEnumType(type)
        ? type.getValues().map(({ value }) => value)
        : (scalars[type.name] ?? ['x'])
      return values[roll(`value ${seed}`, values.length)]
    }
    return sourceOf(type.name, seed)
  }
  const sourceOf = (name: string, seed: string): Source => {
    const named = bare.getType(name)
    const possible = isAbstractType(named) ? bare.getPossibleTypes(named) : []
    const type = possible.length > 0 ? possible[roll(`type ${seed}`, possible.length)] : named
    const fields = isObjectType(type) ? Object.values(type.getFields()) : []
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0)
    const values = leaves.map((field) => [field.name, make(field.type, `${seed}.${field.name}`)])
    return { ...Object.fromEntries(values), type: isObjectType(type) ? type.name : name, seed }
  }
  const resolve = (source: Source | undefined, given: object, _: unknown, info: GraphQLResolveInfo) => {
    const seed = `${source?.seed ?? ''}/${info.fieldName} ${JSON.stringify(given)}`
    const answer = () => {
      if (roll(`fails ${seed}`, calm) === 0) throw failureOf(seed)
      return make(info.returnType, seed)
    }
    // Of what must not be null and fails later, graphql-js leaves rejections behind that nobody handles.
    const how = isNullableWithItsItems(info.returnType) ? roll(`how ${seed}`, 6) : null
    if (how === 0) return Promise.resolve().then(answer)
    if (how === 1) return nextTurn().then(answer)
    const value = answer()
    // Each item for itself, as the objects of some ids are found.
    if (how === 2 && Array.isArray(value)) {
      return value.map((item, index) =>
        roll(`item ${seed} ${index}`, calm) === 0 ? Promise.reject(failureOf(seed)) : Promise.resolve(item),
      )
    }
    return value
  }
  const resolvers: Record<string, object> = { DateTime: dateTime }
  for (const type of Object.values(bare.getTypeMap())) {
    if (isAbstractType(type)) resolvers[type.name] = { __resolveType: (source: Source) => source.type }
    if (!isObjectType(type) || type.name.startsWith('__') || type === bare.getMutationType()) continue
    const fields = Object.values(type.getFields()).filter(
      (field) => !isLeafType(getNamedType(field.type)) || field.args.length > 0 || roll(field.name, 3) === 0,
    )
    resolvers[type.name] = Object.fromEntries(fields.map((field) => [field.name, resolve]))
  }
  return createSchema(resolvers as Resolvers)
}
