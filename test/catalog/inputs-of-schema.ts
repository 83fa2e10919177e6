import fc from 'fast-check'
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { oddTexts } from '../gateway/odd-fleet.ts'

const schema = createSchema(resolvers)

/** What stands in the rows, by the name of the input and its field, or else of the field, or of the scalar. */
function poolsOf(
  names: readonly string[],
  times: readonly string[],
): Readonly<Record<string, readonly unknown[]>> {
  return {
    'TagFilter.key': ['team', 'tier', 'n', 'note', 'nothing', ''],
    'MetricFilter.key': ['auc', 'odd', 'loss', 'nothing'],
    'MetricOrder.key': ['auc', 'odd', 'loss', 'nothing', ''],
    'ParamFilter.key': ['depth', 'text', 'nothing'],
    String: [
      ...oddTexts,
      ...names.slice(0, 8),
      'champion',
      'Champion',
      '1',
      '2',
      '03',
      'prod',
      'Production',
      's3://',
      '',
    ],
    ID: ['x'],
    DateTime: times,
    Float: [-1, 0, 0.1, 0.3, 0.6, 1e300],
    Int: [0, 1, 2],
    Boolean: [true, false],
  }
}

/** Whatever an argument of a list takes: a filter or an order that comes to the schema comes in by itself. */
export function argumentOf(
  list: 'models' | 'modelVersions',
  argument: 'where' | 'orderBy',
  { names, times }: { readonly names: readonly string[]; readonly times: readonly string[] },
): fc.Arbitrary<unknown> {
  const type = schema
    .getQueryType()
    ?.getFields()
    [list]?.args.find(({ name }) => name === argument)?.type
  if (!type) throw new Error(`${list} has no argument ${argument}`)
  return inputOf(type, poolsOf(names, times), argument, 3)
}

function inputOf(
  type: GraphQLInputType,
  pools: ReturnType<typeof poolsOf>,
  place: string,
  depth: number,
): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return inputOf(type.ofType, pools, place, depth)
  if (isListType(type)) return fc.array(inputOf(type.ofType, pools, place, depth - 1), { maxLength: 2 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isScalarType(type)) return fc.constantFrom(...(pools[place] ?? pools[type.name] ?? fail(type.name)))
  if (!isInputObjectType(type)) throw new Error(`${place} takes what is not known`)
  const fields = Object.values(type.getFields()).filter((field) => depth > 0 || !isOf(field.type, type.name))
  const given = fields.map((field) => {
    const value = inputOf(field.type, pools, `${type.name}.${field.name}`, depth - 1)
    return { name: field.name, isRequired: isNonNullType(field.type), value }
  })
  if (type.isOneOf) return fc.oneof(...given.map(({ name, value }) => value.map((one) => ({ [name]: one }))))
  const required = Object.fromEntries(
    given.filter(({ isRequired }) => isRequired).map(({ name, value }) => [name, value]),
  )
  const optional = given.filter(({ isRequired }) => !isRequired)
  const some = fc
    .subarray(optional, { maxLength: Math.min(2, optional.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map(({ name, value }) => [name, value]))))
  return fc.tuple(fc.record(required), some).map(([needed, more]) => ({ ...needed, ...more }))
}

/** Whether it holds such inputs again. */
function isOf(type: GraphQLInputType, name: string): boolean {
  if (isNonNullType(type) || isListType(type)) return isOf(type.ofType, name)
  return isInputObjectType(type) && type.name === name
}

function fail(scalar: string): never {
  throw new Error(`Say here what stands in the rows of the scalar ${scalar}.`)
}
