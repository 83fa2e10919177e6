import { setTimeout as wait } from 'node:timers/promises'
import type { RegistryStates } from '../cli/index.ts'
import type { Federation } from '../federation/session/federation.ts'
import { registryHealth } from '../federation/session/registry-state.ts'
import { Session } from '../federation/session/session.ts'

/** Asks all registries how they are. Those that have not answered by then are left out. */
export async function registryStates(federation: Federation, withinMs: number): Promise<RegistryStates> {
  const states = new Map<string, { readonly state: string; readonly message: string | null }>()
  const late = new AbortController()
  const session = new Session(federation, {
    deadlineMs: null,
    signal: late.signal,
    caller: null,
    asGateway: true,
  })
  const all = federation.links.map(async ({ name }) => {
    const { state, message } = await registryHealth(session.registry(name))
    if (!late.signal.aborted) states.set(name, { state, message })
  })
  const answered = new AbortController()
  await Promise.race([
    Promise.allSettled(all),
    wait(withinMs, null, { signal: answered.signal }).catch(() => null),
  ])
  answered.abort()
  late.abort(new Error('Nobody waits any more.'))
  session.end()
  return states
}
