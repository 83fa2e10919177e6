import type { TextTest } from '../../contract/index.ts'
import type { Command, WriteTarget } from '../records/command.ts'

/**
 * What the caller of a request may see and do. It is asked after what requests share, so that two callers share one
 * read: what one of them may not see is taken out of its own answer.
 */
export interface Access {
  /** False: the caller may see everything, and single models are not asked for. */
  readonly isRestricted: boolean
  /** Whether the model, its versions and what belongs to them are there for the caller. What is not is null to it. */
  admits(registry: string, model: string): boolean
  /**
   * A filter on names that all admitted models of a registry pass, so that it need not be read whole: one of these has
   * to hold, in which all tests have to. Null when there is none.
   */
  nameFilter(registry: string): readonly (readonly TextTest[])[] | null
  /** @throws RegistryFailure FORBIDDEN, or NOT_FOUND for what the caller may not see either. */
  assertMayWrite(command: Command, target: WriteTarget): Promise<void>
}

export const fullAccess: Access = {
  isRestricted: false,
  admits: () => true,
  nameFilter: () => null,
  assertMayWrite: async () => {},
}
