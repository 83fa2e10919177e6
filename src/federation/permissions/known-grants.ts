import type { GrantChange, GrantKey } from '../../stores/grant-store.ts'
import { type Grant, type PermissionLevel, permissionLevels } from '../records/permission.ts'
import { compareGrants, keyOf } from './grant-order.ts'

export interface ConfiguredGrant extends Grant {
  /** Where it stands in the configuration. */
  readonly place: string
}

/** All grants there are: where the configuration and a command say something of the very same, the configuration does. */
export class KnownGrants {
  readonly #configured: ReadonlyMap<string, ConfiguredGrant>
  /** By commands. */
  readonly #made = new Map<string, Grant>()
  /** Those that hold, by whom they are granted to. */
  readonly #granted = new Map<string, Map<string, Grant>>()

  constructor(configured: readonly ConfiguredGrant[]) {
    this.#configured = new Map(configured.map((grant) => [keyOf(grant), grant]))
    for (const grant of this.#configured.values()) this.#put(grant)
  }

  of(principals: readonly string[]): readonly Grant[] {
    return [...new Set(principals)].flatMap((name) => [...(this.#granted.get(name)?.values() ?? [])])
  }

  all(): readonly Grant[] {
    return [...this.#granted.values()].flatMap((grants) => [...grants.values()]).toSorted(compareGrants)
  }

  /** Null: it is none of the configuration. */
  placeOf(key: GrantKey): string | null {
    return this.#configured.get(keyOf(key))?.place ?? null
  }

  /** What a command has changed. */
  takeIn({ registry, model, principal, permission }: GrantChange): void {
    const key = { registry, model, principal }
    const level = toLevel(permission)
    if (level === null) this.#drop(key)
    else {
      const grant = { ...key, permission: level }
      this.#made.set(keyOf(key), grant)
      if (!this.#configured.has(keyOf(key))) this.#put(grant)
    }
  }

  /** Those of commands, before all of them are taken in anew. */
  dropMade(): void {
    for (const grant of this.#made.values()) this.#drop(grant)
  }

  #drop(key: GrantKey): void {
    this.#made.delete(keyOf(key))
    if (!this.#configured.has(keyOf(key))) this.#granted.get(key.principal)?.delete(keyOf(key))
  }

  #put(grant: Grant): void {
    const { principal } = grant
    if (!this.#granted.has(principal)) this.#granted.set(principal, new Map())
    this.#granted.get(principal)?.set(keyOf(grant), grant)
  }
}

/** One of a later release is none that this one knows: nothing is allowed by it. */
export function toLevel(text: string | null): PermissionLevel | null {
  if (text === null) return null
  return permissionLevels.find((level) => level === text) ?? 'NO_PERMISSIONS'
}
