import type { Federation } from '../session/federation.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { Session } from '../session/session.ts'

/** One question to a registry, in the lane of the gateway's own work and with a registry's whole time. */
export async function inBackground<T>(
  federation: Federation,
  registry: string,
  signal: AbortSignal,
  { ask, countRequests }: { ask(registry: RegistrySession): Promise<T>; countRequests(sent: number): void },
): Promise<T> {
  const session = new Session(federation, { deadlineMs: null, signal, caller: null, lane: 'background' })
  try {
    return await ask(session.registry(registry))
  } finally {
    countRequests(session.cost().upstreamRequests[registry] ?? 0)
    session.end()
  }
}
