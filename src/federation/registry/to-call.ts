import type { Call, Logger } from '../../contract/index.ts'
import type { ReadAsker } from './askers.ts'

/** What an adapter is told of who asks and of how long there is for it. */
export function toCall(
  { signal, deadline }: Pick<Call, 'signal' | 'deadline'>,
  { caller, countRequest }: Pick<ReadAsker, 'caller' | 'countRequest'>,
  log: Logger,
): Call {
  return { signal, deadline, caller, log, countRequest }
}
