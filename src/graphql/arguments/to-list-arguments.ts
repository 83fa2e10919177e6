import { pageSize } from './page-size.ts'

interface Given {
  readonly includeArchived?: boolean | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** The arguments that every list of models or versions has. @throws InputError */
export function toListArguments({ includeArchived, first, after }: Given) {
  return { includeArchived: includeArchived ?? false, first: pageSize(first), after: after ?? null }
}
