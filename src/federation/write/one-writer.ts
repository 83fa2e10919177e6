import type { RegistrySession } from '../registry-session.ts'
import type { Session } from '../session.ts'

/** Longer than many writers in line need, as each has the registry's whole budget for itself. */
const waitMs = 60_000

/**
 * Where the backend cannot compare and write in one step, one writer of this gateway at a time looks at a model and
 * then writes to it. Waiting for the others does not count against the budget of the registry. The signal fires when
 * the right to write is lost.
 */
export async function asOneWriter<T>(
  session: Session,
  registry: RegistrySession,
  model: string,
  work: (registry: RegistrySession, lost: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  const { levels } = await registry.description()
  if (levels.compareAndSet === 'NATIVE') return work(registry, undefined)
  const { leases } = session.federation.coordination
  return leases.run(`write ${JSON.stringify([registry.name, model])}`, session.remaining(waitMs), (lost) => {
    session.renew()
    return work(session.registry(registry.name), lost)
  })
}
