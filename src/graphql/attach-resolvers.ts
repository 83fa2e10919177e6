import {
  GraphQLScalarType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql'

type Members = Readonly<Record<string, unknown>>

/**
 * Puts resolvers where they belong in a schema that is nobody else's yet, so that none is made anew for them.
 *
 * @throws Error for a resolver of something that the schema does not have.
 */
export function attachResolvers(schema: GraphQLSchema, resolvers: object): void {
  for (const [name, given] of Object.entries(resolvers)) {
    const type = schema.getType(name)
    if (isScalarType(type) && given instanceof GraphQLScalarType) {
      const { serialize, parseValue, parseLiteral } = given
      Object.assign(type, { serialize, parseValue, parseLiteral })
    } else if (isObjectType(type)) attachFields(type, given)
    else if ((isInterfaceType(type) || isUnionType(type)) && hasOnly(given, '__resolveType')) {
      type.resolveType = given.__resolveType as NonNullable<typeof type.resolveType>
    } else throw new Error(`There is no ${name} in the schema that such resolvers could be of.`)
  }
}

function attachFields(type: { readonly name: string; getFields(): Members }, members: Members): void {
  const fields = type.getFields()
  for (const [name, member] of Object.entries(members)) {
    const field = fields[name]
    if (!field)
      throw new Error(`There is a resolver of ${type.name}.${name}, which the schema does not have.`)
    Object.assign(field, typeof member === 'function' ? { resolve: member } : member)
  }
}

function hasOnly(members: Members, name: string): boolean {
  return Object.keys(members).join() === name
}
