import type { Federation } from '../session/federation.ts'

/** Longer than it takes to say so. */
const claimMs = 60_000

/** Says of each write that a kill broke off, or that failed so that nobody knows, that its end is not known. */
export async function settleIntents({ journal, log }: Federation, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const intent = await journal.claim(claimMs)
    if (intent === null) return
    const { id, command, target, caller, requestId } = intent
    const what = { requestId, caller, operation: command.operation, ...target }
    log.warn(
      what,
      'nobody knows how a write ended: look what is there, and ask for it again if it is not done',
    )
    await journal.end(id, null)
  }
}
