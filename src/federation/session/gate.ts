import type { Command, Operation, WriteTarget } from '../records/command.ts'
import type { RegistrySession } from './registry-session.ts'

/**
 * What has to be true of a registry for a write to happen, besides the registry's own rules. Asked while no other writer
 * of the gateway may write to the model, so that what it looked at cannot change before the write.
 */
export interface Gate {
  /** Of what it never refuses nobody waits for a turn. */
  concerns(operation: Operation): boolean
  /**
   * @param registry by its name, to look at.
   * @throws InputError or RegistryFailure; nothing is written then, nor when it takes longer than the registry may.
   */
  assertOpen(
    command: Command,
    target: WriteTarget,
    registry: (name: string) => RegistrySession,
  ): Promise<void>
}

export const openGate: Gate = { concerns: () => false, assertOpen: async () => {} }
