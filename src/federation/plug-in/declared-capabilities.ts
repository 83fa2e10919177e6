import type { Adapter, RegistryDescription } from '../../contract/index.ts'

/** The capabilities that the description has and the adapter has not, with what there would have to be. */
export function missingCapabilities(
  { aliases, runs, artifacts, writes }: Adapter,
  { levels, stages }: RegistryDescription,
): string[] {
  const isThere: Record<keyof typeof levels, readonly [boolean, string]> = {
    aliases: [aliases !== undefined, 'the facet aliases is missing'],
    stages: [stages.length > 0, 'stages is empty'],
    runs: [runs !== undefined, 'the facet runs is missing'],
    artifacts: [artifacts !== undefined, 'the facet artifacts is missing'],
    compareAndSet: [writes !== undefined, 'the facet writes is missing'],
    idempotency: [writes !== undefined, 'the facet writes is missing'],
  }
  return Object.entries(isThere)
    .filter(([name, [there]]) => !there && levels[name as keyof typeof levels] !== 'NONE')
    .map(([name, [, why]]) => `levels.${name} is ${levels[name as keyof typeof levels]} and ${why}`)
}
