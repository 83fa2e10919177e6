import type { Federation } from './federation.ts'
import { Session } from './session.ts'

/** Asks every registry once what it is. One that does not answer is no reason not to start. */
export async function connectRegistries(federation: Federation): Promise<void> {
  const { signal } = new AbortController()
  const session = new Session(federation, { deadlineMs: null, signal, caller: null, asGateway: true })
  await Promise.all(federation.links.map(({ name }) => session.registry(name).descriptionIfReachable()))
  session.end()
}
