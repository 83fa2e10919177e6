import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNullableType,
  isObjectType,
} from 'graphql'
import { turns } from '../../federation/turns.ts'
import type { AnswerMeter, AnswerMeters } from './answer-meter.ts'

export type Field = GraphQLField<unknown, unknown>
export type Resolver = GraphQLFieldResolver<unknown, unknown>

/** So many items of a list are completed at once, the next ones in their turn. */
const chunk = 100

/**
 * Lets every field of a schema count what it puts into the answer, and gives others their turn in between. Answers the
 * resolvers as they were before, for an executor that counts by itself.
 */
export function meterFields(schema: GraphQLSchema, meters: AnswerMeters): ReadonlyMap<Field, Resolver> {
  const resolvers = new Map<Field, Resolver>()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      if (field.resolve) resolvers.set(field, field.resolve)
      meterField(field, meters)
    }
  }
  return resolvers
}

function meterField(field: Field, meters: AnswerMeters): void {
  const type = getNamedType(field.type)
  if (isCompositeType(type)) meterResolver(field, meters, admitObjects)
  else if (field.resolve || type.name === 'String') meterResolver(field, meters, admitLeaf)
}

type Admit = (meter: AnswerMeter, value: unknown, info: GraphQLResolveInfo) => unknown

function meterResolver(definition: Field, meters: AnswerMeters, admit: Admit): void {
  const resolve = definition.resolve ?? defaultFieldResolver
  const mayBeNull = isNullableType(definition.type)
  const fail = (meter: AnswerMeter, cause: unknown, { path, fieldNodes: [field] }: GraphQLResolveInfo) => {
    if (!mayBeNull) throw cause
    meter.fail({ path, field, cause })
    return null
  }
  definition.resolve = (source, values, context, info) => {
    const meter = meters.of(context as object)
    if (meter.excess) return null
    try {
      const value = resolve(source, values, context, info)
      if (!isPromise(value)) return admit(meter, value, info)
      return value.then(
        (settled) => admit(meter, settled, info),
        (cause: unknown) => fail(meter, cause, info),
      )
    } catch (cause) {
      return fail(meter, cause, info)
    }
  }
}

function admitLeaf(meter: AnswerMeter, value: unknown): unknown {
  if (typeof value === 'string') meter.countText(value)
  return value
}

function admitObjects(meter: AnswerMeter, value: unknown, info: GraphQLResolveInfo): unknown {
  if (value === null || value === undefined) return value
  if (!isListType(info.returnType) && !Array.isArray(value)) meter.countObjects(1)
  else if (Array.isArray(value)) {
    meter.countObjects(value.length)
    if (isPromise(value[0])) return value.map((item, index) => settle(meter, item, index, info))
  }
  if (meter.excess) return null
  return turns.isOver() ? turns.next().then(() => spread(value)) : spread(value)
}

/** Of a list whose items are found one by one, each may fail for itself. */
async function settle(meter: AnswerMeter, item: unknown, key: number, info: GraphQLResolveInfo) {
  try {
    return await item
  } catch (cause) {
    const path = { prev: info.path, key, typename: undefined }
    meter.fail({ path, field: info.fieldNodes[0], cause })
    return null
  }
}

/** A long list has its first items at once, and the others in turns. */
function spread(value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= chunk) return value
  let turn = Promise.resolve()
  return value.map((item, index) => {
    if (index < chunk) return item
    if (index % chunk === 0) turn = turns.next()
    return turn.then(() => item)
  })
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
