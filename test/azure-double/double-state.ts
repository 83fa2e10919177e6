import { AzureClock } from './azure-clock.ts'
import { BlobStore } from './blob-store.ts'
import { ModelStore } from './model-store.ts'
import { OperationStore } from './operation-store.ts'
import { type ResourceScope, scopeGuid, scopeKey } from './resource-scope.ts'

interface ScopeState {
  scope: ResourceScope
  models: ModelStore
  jobs: Map<string, JobRecord>
}

export interface JobRecord {
  properties: Record<string, unknown>
  createdAt: bigint
  createdBy: { name: string; type: string }
}

/** Everything the double remembers. */
export class DoubleState {
  readonly clock = new AzureClock()
  readonly operations = new OperationStore(this.clock)
  readonly blobs = new BlobStore()
  readonly #scopes = new Map<string, ScopeState>()

  /** Any workspace or registry is there, and is empty at first. */
  open(scope: ResourceScope): ScopeState {
    const key = scopeKey(scope)
    const known = this.#scopes.get(key)
    if (known !== undefined) return known
    const fresh = { scope, models: new ModelStore(this.clock), jobs: new Map<string, JobRecord>() }
    this.#scopes.set(key, fresh)
    return fresh
  }

  /**
   * A registry by its name alone, which at Azure says enough: the nearest one that was used before, else one
   * beside the asker.
   */
  findRegistry(name: string, beside: ResourceScope): ScopeState {
    const wanted: ResourceScope = { ...beside, kind: 'registries', name }
    const distance = ({ scope }: ScopeState) =>
      Number(scope.subscription !== beside.subscription) * 2 +
      Number(scope.resourceGroup !== beside.resourceGroup)
    const nearest = [...this.#scopes.values()]
      .filter(({ scope }) => scope.kind === 'registries' && sameText(scope.name, name))
      .sort((left, right) => distance(left) - distance(right))[0]
    return nearest ?? this.open(wanted)
  }

  findWorkspaceByGuid(guid: string): ScopeState | undefined {
    return [...this.#scopes.values()].find(
      ({ scope }) => scope.kind === 'workspaces' && scopeGuid(scope) === guid,
    )
  }

  clear(): void {
    this.#scopes.clear()
    this.operations.clear()
    this.blobs.clear()
  }
}

const sameText = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
