import type { Direction, ModelOrder } from '../../contract/index.ts'
import { InputError } from '../../federation/errors/input-error.ts'
import type { FederatedVersionOrder } from '../../federation/records/row-order.ts'
import type * as Input from '../generated/resolver-types.ts'

const modelFields = { NAME: 'name', CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' } as const
const versionFields = {
  MODEL: 'model',
  VERSION: 'version',
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
  DURATION: 'duration',
  SIZE: 'size',
} as const

const mostEntries = 20

/** Each row is compared by every entry, and a cursor holds a value for each. */
function assertFew(input: readonly unknown[] | null | undefined): void {
  if (!input || input.length <= mostEntries) return
  throw new InputError(
    'orderBy',
    `\`orderBy\` has ${input.length} entries; at most ${mostEntries} are compared.`,
  )
}

/** @throws InputError */
export function toModelOrder(input: readonly Input.ModelOrder[] | null | undefined): ModelOrder[] | null {
  assertFew(input)
  return (
    input?.map(({ field, direction }) => ({
      field: modelFields[field],
      direction: toDirection(direction, 'asc'),
    })) ?? null
  )
}

/** @throws InputError */
export function toVersionOrder(
  input: readonly Input.ModelVersionOrder[] | null | undefined,
): FederatedVersionOrder[] | null {
  assertFew(input)
  return (
    input?.map(({ field, metric }): FederatedVersionOrder => {
      if (metric)
        return { field: 'metric', key: metric.key, direction: toDirection(metric.direction, 'desc') }
      const { by, direction } = field as Input.ModelVersionFieldOrder
      return { field: versionFields[by], direction: toDirection(direction, 'asc') }
    }) ?? null
  )
}

function toDirection(direction: Input.Direction | null | undefined, otherwise: Direction): Direction {
  if (!direction) return otherwise
  return direction === 'ASC' ? 'asc' : 'desc'
}
