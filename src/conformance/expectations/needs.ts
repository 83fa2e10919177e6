import { everyFacet, everyMember, lookUp } from '../../contract/facet-places.ts'
import type { Lack } from '../../contract/facets.ts'
import { type Adapter, type RegistryDescription, tagLevelOf } from '../../contract/index.ts'
import type { Need } from '../check.ts'

/** What the author gives, without which some checks are skipped. */
interface GivenOptions {
  readonly connectHanging?: unknown
  readonly connectFaulty?: unknown
  readonly backendUrl?: unknown
  readonly secrets?: readonly string[]
  readonly hidden?: readonly unknown[]
}

/** What the adapter has, by its facets and by what it says of them. */
export function findNeeds(
  adapter: Adapter,
  description: RegistryDescription,
  { connectHanging, connectFaulty, backendUrl, secrets = [], hidden = [] }: GivenOptions,
): Record<Need, boolean> {
  const { stages, levels, integerVersions } = description
  const has = whatIsThere(adapter)
  const hasTags = tagLevelOf(adapter, description) !== 'NONE'
  return {
    ...has,
    tags: hasTags,
    'no tags': !hasTags,
    'model tag writes': hasTags && has['model tag writes'],
    'version tag writes': hasTags && has['version tag writes'],
    stages: stages.length > 0,
    'no stages': stages.length === 0,
    'archived stage': stages.includes('Archived'),
    'integer versions': integerVersions,
    'native compare-and-set': has.writes && levels.compareAndSet === 'NATIVE',
    'native idempotency': has.writes && levels.idempotency === 'NATIVE',
    'no native idempotency': levels.idempotency !== 'NATIVE',
    'hanging backend': connectHanging !== undefined || connectFaulty !== undefined,
    'faulty backend': connectFaulty !== undefined,
    'backend to spoil': connectFaulty !== undefined && backendUrl !== undefined,
    secrets: secrets.length > 0,
    'hidden models': hidden.length > 0,
  }
}

function whatIsThere(adapter: Adapter): Record<Lack | `no ${Lack}`, boolean> {
  const places = [
    ...everyFacet.map(({ path, row }) => ({ path, lack: row.lack })),
    ...everyMember.map(({ path, name, row }) => ({ path: [...path, name], lack: row.lack })),
  ]
  const found = places.flatMap(({ path, lack }) => {
    const isThere = Boolean(lookUp(adapter, path))
    return lack === undefined ? [] : [[lack, isThere] as const, [`no ${lack}`, !isThere] as const]
  })
  return Object.fromEntries(found) as Record<Lack | `no ${Lack}`, boolean>
}

const options: Partial<Record<Need, string>> = {
  'hanging backend': 'connectHanging',
  'faulty backend': 'connectFaulty',
  'backend to spoil': 'backendUrl',
  secrets: 'secrets',
}

/** Why a check that needs it is skipped. */
export function explainLack(need: Need): string {
  const option = options[need]
  if (need === 'hidden models') return 'the seed names nothing that is hidden'
  if (option !== undefined) return `the option ${option} is not given`
  return `the registry has ${need.startsWith('no ') ? need.slice(3) : `no ${need}`}`
}
