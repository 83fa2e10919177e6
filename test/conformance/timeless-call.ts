import type { Call } from '../../src/contract/index.ts'

/** The same call, of which the end is never seen. */
export const timeless = (call: Call): Call => ({
  ...call,
  signal: new AbortController().signal,
  countRequest: () => call.countRequest(),
})
