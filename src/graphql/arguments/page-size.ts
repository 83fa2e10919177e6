import { InputError } from '../../federation/errors/input-error.ts'

export const maxPageSize = 500
const defaultPageSize = 50

/** @throws InputError beyond 1 to 500. Null is the same as left out. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? defaultPageSize
  if (size >= 1 && size <= maxPageSize) return size
  throw new InputError('first', `\`first\` is ${size}; it must be from 1 to ${maxPageSize}.`)
}
