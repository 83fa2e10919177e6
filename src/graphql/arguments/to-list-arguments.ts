import { pageSize } from './page-size.ts'

interface GivenPage {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

interface Given extends GivenPage {
  readonly includeArchived?: boolean | null | undefined
}

/** The arguments that every list of models or versions has. @throws InputError */
export function toListArguments({ includeArchived, ...page }: Given) {
  return { includeArchived: includeArchived ?? false, ...toPage(page) }
}

/** Which page of a connection; an empty cursor is the same as none. @throws InputError */
export function toPage({ first, after }: GivenPage) {
  return { first: pageSize(first), after: after || null }
}
