import { RegistryError } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'

/** Longer nobody waits for a text to be found. */
const longestMs = 10_000

/** Ends with the request, or when a search takes too long: with what its client is told. */
export function searchDeadline({
  signal,
  remaining,
}: {
  readonly signal: AbortSignal
  readonly remaining: Session['remaining']
}): AbortSignal {
  const late = new AbortController()
  const mostMs = remaining(longestMs)
  const end = () =>
    late.abort(
      new RegistryError('REGISTRY_TIMEOUT', `The search was not done within ${Math.round(mostMs)} ms.`),
    )
  setTimeout(end, mostMs).unref()
  return AbortSignal.any([signal, late.signal])
}
