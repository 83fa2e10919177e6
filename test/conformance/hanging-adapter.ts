import { type Adapter, type Call, RegistryError } from '../../src/contract/index.ts'

/** Sends a request with each call and gets no answer, until the signal fires or it is closed. */
export function createHangingAdapter(): Adapter & Required<Pick<Adapter, 'writes'>> {
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
    writes: createHangingWrites(hang),
    copies: { copy: (_, call) => hang(call) },
    async close() {
      closing.abort()
    },
  }
}

function createHangingWrites(hang: (call: Call) => Promise<never>): NonNullable<Adapter['writes']> {
  return {
    models: {
      create: (_, call) => hang(call),
      describe: (_name, _description, call) => hang(call),
      setTags: (_name, _tags, call) => hang(call),
      deleteTags: (_name, _keys, call) => hang(call),
      rename: (_name, _newName, call) => hang(call),
      delete: (_, call) => hang(call),
    },
    versions: {
      create: (_, call) => hang(call),
      describe: (_key, _description, call) => hang(call),
      setTags: (_key, _tags, call) => hang(call),
      deleteTags: (_key, _keys, call) => hang(call),
      delete: (_, call) => hang(call),
    },
    aliases: {
      set: (_key, _version, _expected, call) => hang(call),
      delete: (_key, _expected, call) => hang(call),
    },
    stages: { transition: (_key, _transition, call) => hang(call) },
  }
}
