import type { ReadMode } from '../../federation/records/records.ts'
import { pageSize } from './page-size.ts'

interface GivenPage {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

interface Given extends GivenPage {
  readonly includeArchived?: boolean | null | undefined
  readonly read?: ReadMode | null | undefined
  readonly staleIfError?: boolean | null | undefined
}

/** The arguments that every list of models or versions has. @throws InputError */
export function toListArguments({ includeArchived, read, staleIfError, ...page }: Given) {
  const from = { read: read ?? 'LIVE', staleIfError: staleIfError ?? null } as const
  return { includeArchived: includeArchived ?? false, ...from, ...toPage(page) }
}

/** Which page of a connection; an empty cursor is the same as none. @throws InputError */
export function toPage({ first, after }: GivenPage) {
  return { first: pageSize(first), after: after || null }
}
