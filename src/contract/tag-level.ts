import type { Adapter, CapabilityLevel, RegistryDescription } from './adapter.ts'

/**
 * Whether the registry keeps tags: what `levels.tags` says, and where it says nothing, whether there are writes and
 * none of them sets tags.
 */
export function tagLevelOf(
  { writes }: Pick<Adapter, 'writes'>,
  { levels }: Pick<RegistryDescription, 'levels'>,
): CapabilityLevel {
  const canSet =
    writes === undefined || writes.models.setTags !== undefined || writes.versions.setTags !== undefined
  return levels.tags ?? (canSet ? 'NATIVE' : 'NONE')
}
