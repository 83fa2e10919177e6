import { everyFacet, type FacetPlace, lookUp } from '../contract/facet-places.ts'
import type { MemberRow } from '../contract/facet-row.ts'
import { type PlugInName, plugInFault } from './plug-in-fault.ts'

type Fields = Readonly<Record<string, unknown>>

const own = ['describe', 'health', 'close']

/** @throws RegistryError for what connect() gave and is no adapter. */
export function assertAdapter(adapter: unknown, plugIn: PlugInName): void {
  const missing = missingMembers(adapter)
  if (missing.length === 0) return
  throw plugInFault(
    plugIn,
    `gave from connect() an adapter without ${missing.join(', ')}; implement it, or leave out the whole facet`,
  )
}

/** What a plug-in gave that is no adapter lacks, such as `versions.latest()`. */
function missingMembers(adapter: unknown): string[] {
  if (!isObject(adapter)) return ['describe() or any other member']
  const there = everyFacet.filter((place) => isThere(adapter, place))
  return [
    ...own.filter((name) => typeof adapter[name] !== 'function').map((name) => `${name}()`),
    ...there.flatMap((place) => missingIn(adapter, place, ({ optional }) => !optional)),
    ...there.filter(({ path, row }) => row.parts && !isObject(lookUp(adapter, path))).map(nameOf),
    ...there.flatMap((place) => missingIn(adapter, place, isHalf)),
  ]
}

/** A facet may be missing, and is whole when it is there. */
function isThere(adapter: Fields, { path, row }: FacetPlace): boolean {
  const owner = lookUp(adapter, path.slice(0, -1))
  return isObject(owner) && !(row.optional && lookUp(adapter, path) === undefined)
}

function missingIn(
  adapter: Fields,
  place: FacetPlace,
  isWanted: (member: MemberRow, name: string, facet: Fields) => boolean,
): string[] {
  const found = lookUp(adapter, place.path)
  const facet = isObject(found) ? found : {}
  return Object.entries(place.row.members ?? {})
    .filter(([name, member]) => typeof facet[name] !== 'function' && isWanted(member, name, facet))
    .map(([name]) => `${nameOf(place)}.${name}()`)
}

/** Tags that can be set can be deleted, and the other way round. */
function isHalf(member: MemberRow, name: string, facet: Fields): boolean {
  return member.with !== undefined && [name, member.with].some((one) => facet[one] !== undefined)
}

function nameOf({ path }: FacetPlace): string {
  return path.join('.')
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
