import { InputError } from '../../federation/errors/input-error.ts'

export const maxPageSize = 500
/** Of reports, whose rows are flat. */
export const maxReportSize = 5000
const defaultPageSize = 50

/** @throws InputError beyond 1 to `most`. Null is the same as left out. */
export function pageSize(first: number | null | undefined, most = maxPageSize): number {
  const size = first ?? defaultPageSize
  if (size >= 1 && size <= most) return size
  throw new InputError('first', `\`first\` is ${size}; it must be from 1 to ${most}.`)
}
