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
  return [
    ...own.filter((name) => typeof adapter[name] !== 'function').map((name) => `${name}()`),
    ...everyFacet.flatMap((place) => missingIn(adapter, place)),
  ]
}

/** A facet may be missing, and is whole when it is there. */
function missingIn(adapter: Fields, { path, row }: FacetPlace): string[] {
  const owner = lookUp(adapter, path.slice(0, -1))
  const facet = lookUp(adapter, path)
  if (!isObject(owner) || (row.optional && facet === undefined)) return []
  const whole = path.join('.')
  if (row.members === undefined) return isObject(facet) ? [] : [whole]
  const members = isObject(facet) ? facet : {}
  return Object.entries(row.members)
    .filter(([name, member]) => isWanted(members, name, member) && typeof members[name] !== 'function')
    .map(([name]) => `${whole}.${name}()`)
}

function isWanted(facet: Fields, name: string, member: MemberRow): boolean {
  if (!member.optional) return true
  return member.with !== undefined && [name, member.with].some((one) => facet[one] !== undefined)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
