import type { Adapter, Call } from '../../contract/index.ts'
import type { RegistrySession } from '../registry-session.ts'
import type { Session } from '../session.ts'

/** Longer than many writers in line need, as each has the registry's whole budget for itself. */
const waitMs = 60_000

/**
 * One writer of this gateway at a time looks at a model and then writes to it. Waiting for the others does not count
 * against the budget of the registry. The signal fires when the right to write is lost. Not to be nested.
 */
export function inTurn<T>(
  session: Session,
  registry: RegistrySession,
  model: string,
  work: (registry: RegistrySession, lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const { leases } = session.federation.coordination
  return leases.run(`write ${JSON.stringify([registry.name, model])}`, session.remaining(waitMs), (lost) => {
    registry.link.startAfresh()
    session.renew()
    return work(session.registry(registry.name), lost)
  })
}

/**
 * One write to a model. Where the backend cannot compare and write in one step it waits for its turn, so that it does
 * not come in between the look of another and what that one writes.
 */
export async function writeToModel<T>(
  session: Session,
  registry: RegistrySession,
  model: string,
  operation: string,
  run: (adapter: Adapter, call: Call) => Promise<T>,
): Promise<T> {
  const { levels } = await registry.description()
  return levels.compareAndSet === 'NATIVE'
    ? registry.write(operation, run)
    : inTurn(session, registry, model, (current, lost) => current.write(operation, run, lost))
}
