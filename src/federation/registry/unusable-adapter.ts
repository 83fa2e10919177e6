import { type Adapter, RegistryError } from '../../contract/index.ts'

/** Stands in for a registry whose adapter cannot be used, so that the others run on and this one says why it does not. */
export function unusableAdapter(message: string): Adapter {
  const fail = async (): Promise<never> => {
    throw new RegistryError('REGISTRY_ERROR', message)
  }
  return {
    describe: fail,
    health: fail,
    models: { get: fail, list: fail },
    versions: { get: fail, list: fail, ofModels: fail, latest: fail },
    close: async () => {},
  }
}
