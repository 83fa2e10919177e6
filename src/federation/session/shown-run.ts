import { type Outcome, RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedRun } from '../records/records.ts'

/** Null too when it is hidden from the gateway's user. */
export function shownRun(registry: string, found: Outcome<FederatedRun>): FederatedRun | null {
  if (!RegistryError.is(found)) return found as FederatedRun | null
  if (found.code === 'FORBIDDEN') return null
  throw new RegistryFailure(registry, found)
}
