import type { Call, Filter, ListQuery, ModelLeaf, VersionLeaf } from '../../../contract/index.ts'
import { type PushedFilter, pushFilter } from '../reads/filter.ts'
import type { MlflowRegistry } from '../registry.ts'
import { isOneOf } from '../wire/grammar.ts'
import type { ServerProfile } from '../wire/server-profile.ts'
import type { KnownRegistry } from './known-registry.ts'
import { splitFilter } from './name-page.ts'

/** So many rows that match are had at once, and then no names are needed. */
export const fewRows = 200
/** Names in one filter, where the rows of few of them match. */
export const mostNames = 500

export interface WantedNames {
  readonly known: KnownRegistry
  /** What the filter asks of the name. */
  readonly admits: (name: string) => boolean
  /** What it asks of all else, for the server; `''`: nothing. */
  readonly others: string
  readonly profile: ServerProfile
}

/** What becomes a page, of one kind of rows. */
export interface NamedPages<Page> {
  /** Of all rows that a filter finds, where these are few; `null`: they are not. */
  ofFew(filter: string): Promise<Page | null>
  /** Of the next names. */
  ofNames(wanted: WantedNames): Promise<Page>
}

/**
 * A page by name from a server that cannot give one: by the names that are known, or whole where few rows match. `null`:
 * neither is possible.
 */
export async function listByNames<L extends ModelLeaf | VersionLeaf, Page>(
  server: MlflowRegistry,
  query: ListQuery<Filter<L>, unknown>,
  pushed: PushedFilter,
  pages: NamedPages<Page>,
  call: Call,
): Promise<Page | null> {
  const profile = await server.profile(call)
  const { admits, others } = splitFilter<L>(query.filter)
  const { text } = pushFilter(others, profile)
  const goesOn = query.continuation !== null
  if (!goesOn && text !== '') {
    const few = await server.names.unlessMany(pushed.text, () => pages.ofFew(pushed.text))
    if (few !== null) return few
    if (!profile.nameLists) return null
  }
  const known = await server.names.get(call, goesOn)
  return known && pages.ofNames({ known, admits, others: text, profile })
}

/** Of the rows of these names, those that match the others. */
export function toNamesFilter(names: readonly string[], others: string): string {
  const isNamed = isOneOf('name', names)
  return others === '' ? isNamed : `${isNamed} AND ${others}`
}
