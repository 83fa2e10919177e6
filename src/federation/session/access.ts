import type { GrantKey } from '../../stores/grant-store.ts'
import type { NameFilter } from '../../stores/name-filter.ts'
import type { Command, WriteTarget } from '../records/command.ts'
import type { PermissionLevel } from '../records/permission.ts'

/** A registry, as far as it has to be looked at to say what somebody may write. */
export interface LookedAt {
  readonly name: string
  /** Null too when it is hidden from the caller, and that costs the same. */
  model(name: string): Promise<object | null>
  /** Whether the name is taken, also by what is hidden. */
  isTaken(name: string): Promise<boolean>
}

/**
 * What the caller of a request may see and do. It is asked after what requests share, so that two callers share one
 * read: what one of them may not see is taken out of its own answer. It may change while a request lasts.
 */
export interface Access {
  /** False: the caller may see everything, and single models are not asked for. */
  readonly isRestricted: boolean
  /** False: no registry is there for the caller, and no environment. */
  readonly mayLookAround: boolean
  /** @throws FederationError FORBIDDEN */
  assertMayLookAround(): void
  /** Equal for those who may be given the same answers; `''` where nobody is told from another. */
  readonly viewKey: string
  /** Whether the model, its versions and what belongs to them are there for the caller. What is not is null to it. */
  admits(registry: string, model: string): boolean
  /** Whether any model of this name is there for the caller, whatever is granted on the very one that has it. */
  admitsAnyNamed(registry: string, model: string): boolean
  /** Of all admitted models of a registry, so that it need not be read whole; null where there is none. */
  nameFilter(registry: string): NameFilter | null
  /** Whether no name passes it that is not admitted. */
  nameFilterIsExact(registry: string): boolean
  levelOf(registry: string, model: string): PermissionLevel
  /** @throws FederationError FORBIDDEN, or what is said of something that is not there. */
  assertMayWrite(command: Command, target: WriteTarget, registry: LookedAt): Promise<void>
  /** Whether the grant is one that the caller may change, and so may see. */
  mayGrant(key: GrantKey): boolean
}

export const fullAccess: Access = {
  isRestricted: false,
  mayLookAround: true,
  assertMayLookAround: () => {},
  viewKey: '',
  admits: () => true,
  admitsAnyNamed: () => true,
  nameFilter: () => null,
  nameFilterIsExact: () => true,
  levelOf: () => 'MANAGE',
  assertMayWrite: async () => {},
  mayGrant: () => true,
}
