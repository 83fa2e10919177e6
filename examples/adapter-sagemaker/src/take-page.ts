import {
  comparePositions,
  type ListQuery,
  type ModelOrder,
  type Position,
  RegistryError,
  type VersionOrder,
} from 'modelgate/adapter'
import { z } from 'zod'

type Place = Pick<Position, 'values' | 'name' | 'version'>

const placeSchema = z.object({
  values: z.array(z.union([z.string(), z.number(), z.null()])),
  name: z.string(),
  version: z.string().nullable(),
})

/**
 * The next rows of the query, of all that there are. SageMaker does not say how it sorts names, nor what comes first
 * of two that were created in the same moment; and a continuation that is a place in the order, and no token of
 * SageMaker's, holds when others write in between.
 */
export function takePage<Row>(
  rows: readonly Row[],
  { order, limit, after, continuation }: ListQuery<unknown, ModelOrder | VersionOrder>,
  toPlace: (row: Row) => Place,
): { readonly rows: readonly Row[]; readonly continuation: string | null } {
  const begin: Place | null = continuation === null ? after : readPlace(continuation)
  const following = rows
    .map((row) => ({ row, place: toPlace(row) }))
    .filter(({ place }) => begin === null || comparePositions(order, place, begin) > 0)
    .toSorted((a, b) => comparePositions(order, a.place, b.place))
  const taken = following.slice(0, limit)
  return {
    rows: taken.map(({ row }) => row),
    continuation: following.length > limit ? JSON.stringify(taken.at(-1)?.place) : null,
  }
}

function readPlace(continuation: string): Place {
  try {
    return placeSchema.parse(JSON.parse(continuation))
  } catch (error) {
    throw new RegistryError('BAD_USER_INPUT', 'This is no continuation of a list.', { cause: error })
  }
}
