import type { Logger } from '../../contract/index.ts'
import type { CallOptions, CountedCall } from '../check.ts'

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export function createCall(
  timeoutMs: number,
  { signal, deadline, onRequest }: CallOptions = {},
): CountedCall {
  let requests = 0
  return {
    signal: signal ?? new AbortController().signal,
    deadline: deadline ?? Date.now() + timeoutMs,
    caller: null,
    log: silent,
    countRequest() {
      requests++
      onRequest?.()
    },
    get requests() {
      return requests
    },
  }
}
