import { type Adapter, RegistryError } from '../contract/index.ts'

/**
 * Stands in for a registry whose adapter cannot be used, so that the others run on and this one says why it does not.
 * It has all facets but those by which registries copy, as a missing one would be the reason then.
 */
export function unusableAdapter(message: string): Adapter {
  const fail = async (): Promise<never> => {
    throw new RegistryError('REGISTRY_ERROR', message, { nothingWritten: true })
  }
  return {
    describe: fail,
    health: fail,
    models: { get: fail, list: fail },
    versions: { get: fail, list: fail, ofModels: fail, latest: fail },
    aliases: { resolve: fail },
    runs: { get: fail },
    artifacts: { locate: fail, list: fail },
    writes: {
      models: {
        create: fail,
        describe: fail,
        setTags: fail,
        deleteTags: fail,
        rename: fail,
        delete: fail,
      },
      versions: { create: fail, describe: fail, setTags: fail, deleteTags: fail, delete: fail },
      aliases: { set: fail, delete: fail },
      stages: { transition: fail },
    },
    close: async () => {},
  }
}
