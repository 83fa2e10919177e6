import type { GraphQLFormattedError } from 'graphql'
import { type Failure, toKeys } from './failure.ts'

/** To sort more would hold up others. */
const mostSorted = 10_000

interface Placed {
  readonly failure: Failure
  readonly place: readonly number[]
}

/**
 * In the order of their places in the answer, as executors meet them in orders of their own. What failed within
 * something that is null as a whole is not told, as GraphQL says.
 */
export function failuresInOrder(data: unknown, failures: readonly Failure[]): readonly Failure[] {
  if (failures.length > mostSorted) return failures
  const placed = failures.flatMap((failure): Placed[] => {
    const place = placeOf(toKeys(failure.path), data)
    return place ? [{ failure, place }] : []
  })
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ failure }) => failure)
}

/**
 * What an executor itself tells of, likewise. Those within something that is null stand where that stands, as they
 * say why it is.
 */
export function errorsInOrder(
  data: unknown,
  errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  if (errors.length < 2 || errors.length > mostSorted) return errors
  return errors
    .map((error) => ({ error, place: placesUntilNull(error.path ?? [], data) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ error }) => error)
}

/** Null where the answer does not go so far. */
function placeOf(keys: readonly (string | number)[], data: unknown): readonly number[] | null {
  const place = placesUntilNull(keys, data)
  return place.length === keys.length ? place : null
}

function placesUntilNull(keys: readonly (string | number)[], data: unknown): readonly number[] {
  const place: number[] = []
  let at = data
  for (const key of keys) {
    if (typeof at !== 'object' || at === null) break
    place.push(typeof key === 'number' ? key : Object.keys(at).indexOf(key))
    at = (at as Record<string | number, unknown>)[key]
  }
  return place
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
