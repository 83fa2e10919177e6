import { compareCodePoints } from '../../contract/index.ts'
import type { GrantKey } from '../../stores/grant-store.ts'

export function keyOf({ registry, model, principal }: GrantKey): string {
  return JSON.stringify([registry, model, principal])
}

/** The order in which grants are listed. */
export function compareGrants(a: GrantKey, b: GrantKey): number {
  return (
    compareCodePoints(a.registry, b.registry) ||
    compareCodePoints(a.model, b.model) ||
    compareCodePoints(a.principal, b.principal)
  )
}
