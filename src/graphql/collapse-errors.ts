import type { GraphQLFormattedError } from 'graphql'

/** Keeps the first error of each field, registry and code, so that a page of rows does not say the same on each. */
export function collapseErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const seen = new Set<string>()
  return errors.filter((error) => {
    if (!error.path) return true
    const key = JSON.stringify([fieldPath(error.path), error.extensions?.registry, error.extensions?.code])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function fieldPath(path: readonly (string | number)[]): readonly string[] {
  return path.filter((part) => typeof part === 'string')
}
