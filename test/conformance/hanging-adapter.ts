import { type Adapter, type Call, RegistryError } from '../../src/contract/index.ts'

/** Sends a request with each call and gets no answer, until the signal fires or it is closed. */
export function createHangingAdapter(): Adapter {
  const closing = new AbortController()
  const hang = (call: Call) =>
    new Promise<never>((_, reject) => {
      const fail = (code: 'REGISTRY_TIMEOUT' | 'REGISTRY_UNAVAILABLE') => () =>
        reject(new RegistryError(code, 'The registry gave no answer.'))
      call.signal.addEventListener('abort', fail('REGISTRY_TIMEOUT'))
      closing.signal.addEventListener('abort', fail('REGISTRY_UNAVAILABLE'))
      call.countRequest()
    })
  return {
    describe: hang,
    health: hang,
    models: { get: (_, call) => hang(call), list: (_, call) => hang(call) },
    versions: {
      get: (_, call) => hang(call),
      list: (_, call) => hang(call),
      ofModels: (_names, _limit, call) => hang(call),
      latest: (_, call) => hang(call),
    },
    async close() {
      closing.abort()
    },
  }
}
