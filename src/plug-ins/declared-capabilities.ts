import type { Adapter, RegistryDescription } from '../contract/index.ts'

/** The capabilities that the description has and the adapter has not, with what there would have to be. */
export function missingCapabilities(
  { aliases, runs, artifacts, writes }: Adapter,
  { levels, stages }: RegistryDescription,
): string[] {
  const isThere: Record<Exclude<keyof typeof levels, 'tags'>, readonly [boolean, string]> = {
    aliases: [aliases !== undefined, 'the facet aliases is missing'],
    stages: [stages.length > 0, 'stages is empty'],
    runs: [runs !== undefined, 'the facet runs is missing'],
    artifacts: [artifacts !== undefined, 'the facet artifacts is missing'],
    compareAndSet: [writes !== undefined, 'the facet writes is missing'],
    idempotency: [writes !== undefined, 'the facet writes is missing'],
  }
  const keys = Object.keys(isThere) as (keyof typeof isThere)[]
  return keys
    .filter((name) => !isThere[name][0] && levels[name] !== 'NONE')
    .map((name) => `levels.${name} is ${levels[name]} and ${isThere[name][1]}`)
}
