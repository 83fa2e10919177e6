import type { Logger } from '../contract/index.ts'

let onRejection: ((reason: unknown) => void) | null = null

/**
 * To be called before the first plug-in is loaded, and again for another log. Nothing was broken off by a rejection
 * that nobody handled: what a plug-in forgot to await must not end what the others do.
 */
export function survivePlugIns(log: Logger): void {
  if (onRejection !== null) process.off('unhandledRejection', onRejection)
  onRejection = (reason) => log.error({ err: reason }, 'a rejection nobody handled; modelgate goes on')
  process.on('unhandledRejection', onRejection)
}
