import {
  type Call,
  type ModelPage,
  type ModelQuery,
  type ModelReads,
  type ModelRecord,
  type Outcome,
  RegistryError,
  sortModels,
} from '../../../contract/index.ts'
import { type ReadRows, readRows } from '../../http/read-rows.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleModel, modelPath, placePath } from '../wire/place.ts'
import { malformed } from '../wire/wire.ts'
import { findNames } from './filter.ts'
import { loadEach } from './load-each.ts'
import { toModelRecord } from './to-records.ts'

/** From here on the list is read rather than each model for itself, or sooner where it is known to be shorter. */
const worthListing = 50

export function modelReads(registry: AzureRegistry): ModelReads {
  return {
    get: (names, call) => getModels(registry, names, call),
    list: (query, call) => listModels(registry, query, call),
  }
}

export function getModels(registry: AzureRegistry, names: readonly string[], call: Call) {
  return loadEach(names, {
    identify: (name) => name,
    possible: isPossibleModel,
    limit: registry.connections,
    load: async (name) => {
      const container = await registry.assets.get(modelPath(registry.place, name), call)
      return container && toModelRecord(container)
    },
  })
}

/** Azure gives containers by age only, so they are read whole and sorted here. */
async function listModels(registry: AzureRegistry, query: ModelQuery, call: Call): Promise<ModelPage> {
  if (query.continuation !== null) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.')
  }
  const { rows, flaw } = await readModels(registry, query, call)
  return {
    items: sortModels(query.order, rows),
    hints: null,
    continuation: null,
    residue: query.filter,
    ordered: true,
    flaw,
  }
}

async function readModels(
  registry: AzureRegistry,
  query: ModelQuery,
  call: Call,
): Promise<ReadRows<ModelRecord>> {
  const names = findNames(query.filter, 'name')
  const { assets, place } = registry
  const listing = assets.pagesOf(containersOf(place)) ?? worthListing
  if (names === null || names.length > Math.min(listing, worthListing))
    return listContainers(registry, query.includeArchived, call)
  const outcomes = await getModels(registry, names, call)
  const failure = outcomes.find(isOfAll)
  if (failure !== undefined) throw failure
  return readRows(
    outcomes.filter((outcome) => outcome !== null),
    (outcome) => {
      if (RegistryError.is(outcome)) throw outcome
      return outcome
    },
  )
}

/** What says nothing of one model alone, such as that nobody answers. */
function isOfAll(outcome: Outcome<ModelRecord>): outcome is RegistryError {
  return RegistryError.is(outcome) && outcome.code !== 'REGISTRY_ERROR'
}

function containersOf(place: AzureRegistry['place']): string {
  return `${placePath(place)}/models`
}

export async function listContainers(
  { assets, place }: AzureRegistry,
  includeArchived: boolean,
  call: Call,
): Promise<ReadRows<ModelRecord>> {
  const containers = await assets.list(containersOf(place), includeArchived, call)
  const { rows, flaw } = readRows(containers?.rows ?? [], (container) => {
    if (!isPossibleModel(container.name)) throw malformed('name')
    return toModelRecord(container)
  })
  return { rows, flaw: containers?.flaw ?? flaw }
}
