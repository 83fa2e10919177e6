import type {
  Call,
  ModelPage,
  ModelQuery,
  ModelReads,
  ModelRecord,
  Outcome,
  RegistryError,
} from '../../../contract/index.ts'
import { whenThere } from '../../../timing/when-there.ts'
import { listModelsByName } from '../names/models-by-name.ts'
import { isByNames } from '../names/name-page.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { MlflowClient } from '../wire/client.ts'
import { canTravel, isOneOf } from '../wire/grammar.ts'
import { visibleOrNull } from '../wire/or-null.ts'
import { readObject } from '../wire/wire.ts'
import { chunk, loadEach, loadInBatches, settleEach } from './batches.ts'
import { pushFilter } from './filter.ts'
import { emptyPage, listRows } from './list-rows.ts'
import { orderModels } from './row-order.ts'
import { searchKeys } from './search-keys.ts'
import { isPrompt, toModelRecord } from './to-records.ts'

/** The server's own bound. Each row costs it 3 ms and more, so the gateway had better ask for fewer. */
const maxModels = 1000
/** That many names make a filter of 10 KB or so. */
export const namesPerSearch = 100

export function modelReads(server: MlflowRegistry): ModelReads {
  return {
    get: (names, call) => getModels(server, names, call),
    list: (query, call) => listModels(server, query, call),
  }
}

export function getModels(
  server: MlflowRegistry,
  names: readonly string[],
  call: Call,
): Promise<Outcome<ModelRecord>[]> {
  return whenThere(server.profile(call), ({ nameLists }) =>
    loadInBatches(names, {
      identify: itself,
      possible: (name) => name !== '' && canTravel(name),
      split: (wanted) => chunk(wanted, nameLists ? namesPerSearch : 1),
      load: nameLists
        ? (part) => searchModels(server, part, call)
        : (part) => loadEach(part, itself, (name) => getModel(server.client, name, call)),
    }),
  )
}

function itself(name: string): string {
  return name
}

function nameOf({ name }: ModelRecord): string {
  return name
}

async function searchModels(server: MlflowRegistry, names: readonly string[], call: Call) {
  const { rows, flaw } = await searchKeys(names, nameOf, (some) =>
    server.searches.models({ filter: isOneOf('name', some), size: some.length }, call),
  )
  const found = rows.map((model) => [model.name, model] as const)
  if (flaw === null) return found
  return settleEach(names, { identify: itself, found, load: (name) => getModel(server.client, name, call) })
}

/** Unlike a search a `get` gives prompts. */
function getModel(client: MlflowClient, name: string, call: Call): Promise<ModelRecord | null> {
  const read = client.get('registered-models/get', { name }, call).then((wire) => {
    const model = readObject(wire, 'registered_model')
    return isPrompt(model) ? null : toModelRecord(model)
  })
  return visibleOrNull(read)
}

export async function listModels(server: MlflowRegistry, query: ModelQuery, call: Call): Promise<ModelPage> {
  const profile = await server.profile(call)
  const pushed = pushFilter(query.filter, profile)
  if (pushed.impossible) return emptyPage()
  const nameSafe = await server.nameOrder.isCodePoint('models', call)
  if (isByNames(query, pushed, nameSafe, call)) {
    const readEach = (names: readonly string[]) => getModels(server, names, call)
    const page = await listModelsByName(server, query, pushed, readEach, call)
    if (page !== null) return page
  }
  let flaw: RegistryError | null = null
  const page = await listRows({
    query,
    nameSafe,
    maxSize: maxModels,
    orderRows: (nameSafe) => orderModels(query.order, nameSafe || pushed.model !== null),
    load: async (order, offset, size) => {
      const search = { filter: pushed.text, orderBy: order.orderBy, offset, size }
      const found = await server.searches.models(search, call)
      flaw ??= found.flaw
      return found
    },
    nameOf,
    refuteNameOrder: () => server.nameOrder.refute('models'),
  })
  return { ...page, flaw }
}
