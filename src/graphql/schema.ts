import { readdirSync, readFileSync } from 'node:fs'
import { makeExecutableSchema } from '@graphql-tools/schema'
import {
  buildASTSchema,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql'
import { assertEveryFieldHasRule } from './field-abilities.ts'
import type { Resolvers } from './generated/resolver-types.ts'

/** Beside `src` and beside `dist`, so the same way up from either. */
const folder = new URL('../../schema/', import.meta.url)

export function loadTypeDefinitions(): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'))
  return files
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
}

/** The public schema, answered by the given resolvers. */
export function createSchema(resolvers: Resolvers): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs: readSchema(),
    resolvers,
    updateResolversInPlace: true,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  })
  assertEveryFieldHasRule(schema)
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type)) for (const field of Object.values(type.getFields())) takeNullForDefault(field)
  }
  return schema
}

/** Without looking at each start again for what tests have found to be right. */
function readSchema(): GraphQLSchema {
  const document = parse(loadTypeDefinitions(), { noLocation: true })
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
}

/**
 * GraphQL gives an argument that is null as null even when it has a default. Here null is the same as left out, and
 * the generated types of the resolvers say so.
 */
function takeNullForDefault(field: GraphQLField<unknown, unknown>): void {
  const defaults = field.args.filter((argument) => argument.defaultValue !== undefined)
  if (defaults.length === 0) return
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, values, context, info) => {
    const missing = defaults.filter(({ name }) => values[name] === null)
    if (missing.length === 0) return resolve(source, values, context, info)
    const filled = Object.fromEntries(missing.map(({ name, defaultValue }) => [name, defaultValue]))
    return resolve(source, { ...values, ...filled }, context, info)
  }
}
