import type { Writable } from 'node:stream'

/** Resolves when what waits is on its way, or nothing goes this way any more. */
export async function flushed(writable: Writable): Promise<void> {
  if (!writable.writableNeedDrain || writable.destroyed) return
  await new Promise<void>((resolve) => {
    const done = () => {
      writable.off('drain', done)
      writable.off('close', done)
      resolve()
    }
    writable.once('drain', done)
    writable.once('close', done)
  })
}
