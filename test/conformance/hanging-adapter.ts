import { type Call, RegistryError } from '../../src/contract/index.ts'
import { createAskingAdapter } from './asking-adapter.ts'

/** Sends a request with each call and gets no answer, until the signal fires or it is closed. */
export function createHangingAdapter() {
  const closing = new AbortController()
  const hang = (call: Call) =>
    new Promise<never>((_, reject) => {
      const fail = (code: 'REGISTRY_TIMEOUT' | 'REGISTRY_UNAVAILABLE') => () =>
        reject(new RegistryError(code, 'The registry gave no answer.'))
      call.signal.addEventListener('abort', fail('REGISTRY_TIMEOUT'))
      closing.signal.addEventListener('abort', fail('REGISTRY_UNAVAILABLE'))
      call.countRequest()
    })
  return createAskingAdapter(hang, () => closing.abort())
}
