import type { CursorSource, ListEdge } from '../list/connection.ts'
import type { Grant } from '../records/permission.ts'
import { digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import { compareGrants } from './grant-order.ts'

export interface GrantArguments {
  /** A name, or `*`; null: any. */
  readonly registry: string | null
  readonly principal: string | null
  readonly first: number
  readonly after: string | null
}

export interface GrantList {
  readonly nodes: readonly Grant[]
  readonly cursors: CursorSource
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export type GrantListEdge = ListEdge<Grant>

/** Those that the caller may change, by registry, model and principal. @throws InputError */
export async function listGrants(
  session: Session,
  { registry, principal, first, after }: GrantArguments,
): Promise<GrantList> {
  if (registry !== null && registry !== '*') session.registry(registry)
  const { cursors, grants } = session.federation
  const digest = digestOf(['permissions', registry, principal])
  const position = after === null ? null : cursors.decode(digest, after)
  const last = position && {
    registry: position.registry,
    model: position.name,
    principal: position.version ?? '',
  }
  const rest = (await grants.list()).filter(
    (grant) =>
      (registry === null || grant.registry === registry) &&
      (principal === null || grant.principal === principal) &&
      (last === null || compareGrants(grant, last) > 0) &&
      session.access.mayGrant(grant),
  )
  const nodes = rest.slice(0, first)
  return {
    nodes,
    hasNextPage: rest.length > first,
    hasPreviousPage: position !== null,
    cursors: {
      whenEmpty: null,
      cursorAt(index) {
        const grant = nodes[index]
        const place = {
          registry: grant?.registry ?? '',
          name: grant?.model ?? '',
          version: grant?.principal ?? '',
        }
        return cursors.encode(digest, { ...place, values: [], hints: {}, incomplete: false })
      },
    },
  }
}
