import type { Adapter, Call, RegistryWrites } from '../../src/contract/index.ts'

type Ask = (call: Call) => Promise<never>

/** Everything it is asked goes the same way: one request, which does not end well. */
export function createAskingAdapter(
  ask: Ask,
  close: () => void,
): Adapter & Required<Pick<Adapter, 'writes' | 'aliases' | 'runs' | 'artifacts'>> {
  return {
    describe: ask,
    health: ask,
    models: { get: (_, call) => ask(call), list: (_, call) => ask(call) },
    versions: {
      get: (_, call) => ask(call),
      list: (_, call) => ask(call),
      ofModels: (_names, _limit, call) => ask(call),
      latest: (_, call) => ask(call),
    },
    aliases: { resolve: (_, call) => ask(call) },
    runs: { get: (_, call) => ask(call) },
    artifacts: { locate: (_, call) => ask(call), list: (_key, _path, call) => ask(call) },
    writes: createAskingWrites(ask),
    copies: { copy: (_, call) => ask(call) },
    async close() {
      close()
    },
  }
}

function createAskingWrites(ask: Ask): RegistryWrites {
  return {
    models: {
      create: (_, call) => ask(call),
      describe: (_name, _description, call) => ask(call),
      setTags: (_name, _tags, call) => ask(call),
      deleteTags: (_name, _keys, call) => ask(call),
      rename: (_name, _newName, call) => ask(call),
      delete: (_, call) => ask(call),
    },
    versions: {
      create: (_, call) => ask(call),
      describe: (_key, _description, call) => ask(call),
      setTags: (_key, _tags, call) => ask(call),
      deleteTags: (_key, _keys, call) => ask(call),
      delete: (_, call) => ask(call),
    },
    aliases: {
      set: (_key, _version, _expected, call) => ask(call),
      delete: (_key, _expected, call) => ask(call),
    },
    stages: { transition: (_key, _transition, call) => ask(call) },
  }
}
