import type { Writable } from 'node:stream'

/**
 * A reader that has seen enough, such as `head`, ends neither a command half-way nor the gateway: what is left to write
 * is lost, and the exit code stays true. Nor does a terminal that is gone, of which the error is EIO.
 */
export function ignoreClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}
