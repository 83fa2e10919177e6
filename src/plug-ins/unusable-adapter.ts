import { makeFacets } from '../contract/facet-places.ts'
import { type Adapter, RegistryError } from '../contract/index.ts'

/**
 * Stands in for a registry whose adapter cannot be used, so that the others run on and this one says why it does not.
 * It has every facet, as one that is missing would be the reason then.
 */
export function unusableAdapter(message: string): Adapter {
  const fail = async (): Promise<never> => {
    throw new RegistryError('REGISTRY_ERROR', message, { nothingWritten: true })
  }
  return {
    describe: fail,
    health: fail,
    ...makeFacets(({ row: { asks } }) => (asks === 'judgement' || asks === 'fact' ? undefined : fail)),
    close: async () => {},
  }
}
