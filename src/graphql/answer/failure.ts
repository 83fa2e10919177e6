import {
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
  getLocation,
} from 'graphql'
import { toClientError } from '../errors.ts'

/** A field, or an item of a list, that is null because it failed. */
export interface Failure {
  readonly path: GraphQLResolveInfo['path']
  readonly field: FieldNode | undefined
  readonly cause: unknown
}

/**
 * What clients are told of each failure. GraphQL's own errors would take a stack each, and another search of the
 * document for the place of the field, which stands in the first error of a field only.
 */
export class FailureErrors {
  readonly #located = new Set<FieldNode>()

  add = ({ path, field, cause }: Failure): GraphQLFormattedError => {
    const thrown = cause instanceof Error ? cause : new Error(String(cause))
    const extensions = thrown instanceof GraphQLError ? { extensions: thrown.extensions } : {}
    const formatted = { message: thrown.message, ...this.#locate(field), path: toKeys(path), ...extensions }
    return toClientError(formatted, thrown)
  }

  #locate(field: FieldNode | undefined) {
    if (!field?.loc || this.#located.has(field)) return {}
    this.#located.add(field)
    return { locations: [getLocation(field.loc.source, field.loc.start)] }
  }
}

export function toKeys(path: GraphQLResolveInfo['path']): readonly (string | number)[] {
  const keys: (string | number)[] = []
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at; at = at.prev) keys.push(at.key)
  return keys.reverse()
}
