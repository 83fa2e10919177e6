import type { CapabilityLevel, NamingRules, RegistryDescription } from '../contract/index.ts'
import { type SourceState, sourceStateOf } from './connection.ts'
import type { RegistryLink } from './registry/registry-link.ts'
import { RegistryFailure } from './registry-failure.ts'
import type { RegistrySession } from './registry-session.ts'

export interface RegistryLevels {
  readonly aliases: CapabilityLevel
  readonly stages: CapabilityLevel
  readonly runs: CapabilityLevel
  readonly artifacts: CapabilityLevel
  readonly writes: CapabilityLevel
  readonly copyModelVersion: CapabilityLevel
  readonly renameModel: CapabilityLevel
  readonly deleteModel: CapabilityLevel
  readonly deleteModelVersion: CapabilityLevel
  readonly compareAndSet: CapabilityLevel
  readonly naming: NamingRules
  readonly pushedDownFilters: string[]
  readonly pushedDownOrders: string[]
}

/** What a registry can do: a facet that its adapter lacks is a capability that is missing. */
export function levelsOf(facets: RegistryLink['facets'], description: RegistryDescription): RegistryLevels {
  const { levels, naming } = description
  return {
    aliases: facets.aliases ? levels.aliases : 'NONE',
    stages: levels.stages,
    runs: facets.runs ? levels.runs : 'NONE',
    artifacts: facets.artifacts ? levels.artifacts : 'NONE',
    writes: 'NONE',
    copyModelVersion: 'NONE',
    renameModel: 'NONE',
    deleteModel: 'NONE',
    deleteModelVersion: 'NONE',
    compareAndSet: 'NONE',
    naming,
    pushedDownFilters: [...description.pushedDownFilters],
    pushedDownOrders: [...description.pushedDownOrders],
  }
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
    return { state: 'OK', checkedAt: new Date(), latencyMs: performance.now() - startedAt, message: null }
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    const { error: failure } = error
    return { state: sourceStateOf(failure), checkedAt: new Date(), latencyMs: null, message: failure.message }
  }
}
