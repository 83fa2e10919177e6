import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>()

/** What the lists of introspection hold: those of the schema as they are, those of a type or field on average. */
export function introspectionSizes(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const sizes = known.get(schema) ?? measure(schema)
  known.set(schema, sizes)
  return sizes
}

function measure(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap())
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const fields = composite.flatMap((type) => Object.values(type.getFields()))
  const inputFields = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()))
  const values = types.filter(isEnumType).flatMap((type) => type.getValues())
  const directives = schema.getDirectives()
  const perType = (count: number) => count / types.length
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    ['__Type.fields', perType(fields.length)],
    ['__Type.inputFields', perType(inputFields.length)],
    ['__Type.enumValues', perType(values.length)],
    ['__Type.interfaces', 1],
    ['__Type.possibleTypes', 1],
    ['__Field.args', fields.reduce((sum, { args }) => sum + args.length, 0) / fields.length],
    ['__Directive.args', directives.reduce((sum, { args }) => sum + args.length, 0) / directives.length],
  ])
}
