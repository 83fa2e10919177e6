import { type CapabilityLevel, type RegistryDescription, tagLevelOf } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { type FacetLevel, facetLevelsOf } from '../registry/facets.ts'
import type { RegistryLink } from '../registry/registry-link.ts'
import { type SourceState, sourceStateOf } from '../registry/source-state.ts'
import type { RegistrySession } from './registry-session.ts'

export interface RegistryLevels extends Readonly<Record<FacetLevel, CapabilityLevel>> {
  readonly tags: CapabilityLevel
  readonly stages: CapabilityLevel
  readonly writes: CapabilityLevel
  readonly copyModelVersion: CapabilityLevel
  readonly renameModel: CapabilityLevel
  readonly deleteModel: CapabilityLevel
  readonly deleteModelVersion: CapabilityLevel
  readonly compareAndSet: CapabilityLevel
  readonly naming: NamingPatterns
  readonly pushedDownFilters: string[]
  readonly pushedDownOrders: string[]
}

/** The backend's rules as clients see them. */
export interface NamingPatterns {
  readonly modelName: string | null
  readonly alias: string | null
  readonly tagKey: string | null
  readonly tagValueMaxLength: number | null
}

/** What a registry can do: a facet that its adapter lacks is a capability that is missing. */
export function levelsOf(facets: RegistryLink['facets'], description: RegistryDescription): RegistryLevels {
  const { levels, naming } = description
  return {
    tags: tagLevelOf(facets, description),
    ...facetLevelsOf(facets, levels),
    stages: levels.stages,
    writes: nativeIf(facets.writes),
    copyModelVersion: facets.copies ? 'NATIVE' : facets.writes ? 'EMULATED' : 'NONE',
    renameModel: nativeIf(facets.writes?.models.rename),
    deleteModel: nativeIf(facets.writes?.models.delete),
    deleteModelVersion: nativeIf(facets.writes?.versions.delete),
    compareAndSet: facets.writes ? compareAndSetOf(levels.compareAndSet) : 'NONE',
    naming: {
      modelName: naming.modelName?.pattern ?? null,
      alias: naming.alias?.pattern ?? null,
      tagKey: naming.tagKey?.pattern ?? null,
      tagValueMaxLength: naming.tagValueMaxLength,
    },
    pushedDownFilters: [...description.pushedDownFilters],
    pushedDownOrders: [...description.pushedDownOrders],
  }
}

function nativeIf(method: unknown): CapabilityLevel {
  return method === undefined ? 'NONE' : 'NATIVE'
}

/** What the backend does not do for everybody, the gateway does among its own writers. */
function compareAndSetOf(level: CapabilityLevel): CapabilityLevel {
  return level === 'NATIVE' ? 'NATIVE' : 'EMULATED'
}

export interface HealthReport {
  readonly state: SourceState
  readonly checkedAt: Date
  readonly latencyMs: number | null
  readonly message: string | null
}

/** Asks the registry now. That it does not answer is the answer. */
export async function registryHealth(registry: RegistrySession): Promise<HealthReport> {
  const startedAt = performance.now()
  try {
    await registry.health()
    return {
      state: 'OK',
      checkedAt: new Date(),
      latencyMs: Math.round(performance.now() - startedAt),
      message: null,
    }
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    const { error: failure } = error
    return { state: sourceStateOf(failure), checkedAt: new Date(), latencyMs: null, message: failure.message }
  }
}
