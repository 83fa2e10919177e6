import type { Call, Logger } from '../../src/contract/index.ts'

const timeoutMs = 20_000

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export interface CountedCall extends Call {
  readonly requests: number
}

/** A call that counts what was sent for it. */
export function newCall(signal: AbortSignal = AbortSignal.timeout(timeoutMs)): CountedCall {
  let requests = 0
  return {
    signal,
    deadline: Date.now() + timeoutMs,
    caller: null,
    log: silent,
    countRequest: () => {
      requests++
    },
    get requests() {
      return requests
    },
  }
}
