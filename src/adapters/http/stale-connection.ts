import type { Socket } from 'node:net'

/**
 * Servers, and still more what stands in front of them, give connections up that are idle, and may say so only when the
 * next request is on its way. Nothing has seen that request, and it says nothing about the registry.
 */
const staleCode = 'MODELGATE_STALE_CONNECTION'

/** Of what ends a request without a byte of an answer, over a connection that has served others before. */
export function markStale(error: Error): void {
  Object.assign(error, { code: staleCode })
}

/** Marks what ends the connection once it has served, which begins now that it is open. */
export function watchForStaleness(socket: Socket): void {
  const beforeAnyAnswer = socket.bytesRead
  socket.once('error', (error) => {
    if (socket.bytesRead > beforeAnyAnswer) markStale(error)
  })
}

/** How to send: over a connection that is kept for many requests, or over one of its own. */
export type Way = 'kept' | 'fresh'

/** A read over a connection that turns out to be stale is sent once more, over a fresh one. */
export function sendAgainWhenStale<T>(signal: AbortSignal, send: (way: Way) => Promise<T>): Promise<T> {
  return send('kept').catch((error: unknown) => {
    if (!isStale(error) || signal.aborted) throw error
    return send('fresh')
  })
}

function isStale(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === staleCode
}
