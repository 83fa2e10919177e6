import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'

/** Longer than many writers in line need, as each has the registry's whole budget for itself. */
const waitMs = 60_000

/** A model that somebody is about to write to. */
export interface ModelToWrite {
  readonly session: Session
  readonly registry: RegistrySession
  readonly model: string
  /** Fires when the writer has lost a right that it has already. */
  readonly lost?: AbortSignal | undefined
}

/** The signal fires when a right to write is lost. */
type Work<T> = (lost: AbortSignal | undefined) => Promise<T>

/**
 * One writer of this gateway at a time looks at a model and then writes to it. Waiting for the others does not count
 * against the budget of the registry. Not to be nested.
 */
export function inTurn<T>({ session, registry, model, lost }: ModelToWrite, work: Work<T>): Promise<T> {
  const { leases } = session.federation.coordination
  const name = `write ${JSON.stringify([registry.name, model])}`
  return leases.run(name, session.remaining(waitMs), (taken) => {
    registry.link.startAfresh()
    session.renew()
    return work(lost ? AbortSignal.any([lost, taken]) : taken)
  })
}

/**
 * For what is one step of a backend that can compare and write in one step. With any other it waits for its turn, so
 * that it does not come in between the look of another and what that one writes.
 */
export async function inTurnUnlessNative<T>(target: ModelToWrite, work: Work<T>): Promise<T> {
  const { levels } = await target.registry.description()
  return levels.compareAndSet === 'NATIVE' ? work(target.lost) : inTurn(target, work)
}
