import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql'
import { Unplanned } from './unplanned.ts'

/** What stands in the answer for a value of a leaf type that is neither null nor undefined. @throws Unplanned */
export type LeafValue = (value: unknown) => unknown

/** The usual values are themselves; of whatever else there is, the type says what it is. */
export function leafValue(type: GraphQLLeafType): LeafValue {
  const serialize: LeafValue = (value) => type.serialize(value) ?? notSerialized()
  if (type === GraphQLString || type === GraphQLID) {
    return (value) => (typeof value === 'string' ? value : serialize(value))
  }
  if (type === GraphQLInt) {
    return (value) => (typeof value === 'number' && (value | 0) === value ? value : serialize(value))
  }
  if (type === GraphQLFloat) {
    return (value) => (typeof value === 'number' && Number.isFinite(value) ? value : serialize(value))
  }
  if (type === GraphQLBoolean) return (value) => (typeof value === 'boolean' ? value : serialize(value))
  return isEnumType(type) ? enumName(type, serialize) : serialize
}

function enumName(type: GraphQLEnumType, serialize: LeafValue): LeafValue {
  const names = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, name]))
  return (value) => names.get(value) ?? serialize(value)
}

function notSerialized(): never {
  throw new Unplanned()
}
