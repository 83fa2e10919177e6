import {
  type Call,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type VersionPage,
  type VersionQuery,
  type VersionReads,
} from '../../../contract/index.ts'
import { isByNames } from '../names/name-page.ts'
import { listVersionsByModel } from '../names/versions-by-model.ts'
import type { MlflowRegistry } from '../registry.ts'
import { malformed } from '../wire/wire.ts'
import { findAliasCondition, listAliasHolders } from './alias-holders.ts'
import { type PushedFilter, pushFilter } from './filter.ts'
import { emptyPage, listRows } from './list-rows.ts'
import { getModels } from './models.ts'
import { orderVersions } from './row-order.ts'
import { getVersions } from './version-keys.ts'
import { versionsOfModels } from './versions-of-models.ts'

/** The server would give 200,000, at half a millisecond each. */
const maxVersions = 10_000

export function versionReads(server: MlflowRegistry): VersionReads {
  return {
    get: (keys, call) => getVersions(server, keys, call),
    list: (query, call) => listVersions(server, query, call),
    ofModels: (names, limit, call) => versionsOfModels(server, names, limit, call),
    latest: (names, call) => latestVersions(server, names, call),
  }
}

async function listVersions(server: MlflowRegistry, query: VersionQuery, call: Call): Promise<VersionPage> {
  const profile = await server.profile(call)
  const pushed = pushFilter(query.filter, profile)
  const alias = findAliasCondition(query.filter)
  if (pushed.impossible || (alias !== null && !profile.aliases)) return emptyPage()
  if (alias !== null) return listAliasHolders(server, query, alias, call)
  const nameSafe = await server.nameOrder.isCodePoint('versions', call)
  if (isByNames(query, pushed, nameSafe, call)) {
    const listOfModel = (ofModel: VersionQuery) =>
      listRowsOfVersions(server, ofModel, pushFilter(ofModel.filter, profile), { nameSafe, call })
    const page = await listVersionsByModel(server, query, pushed, listOfModel, call)
    if (page !== null) return page
  }
  return listRowsOfVersions(server, query, pushed, { nameSafe, call })
}

async function listRowsOfVersions(
  server: MlflowRegistry,
  query: VersionQuery,
  pushed: PushedFilter,
  { nameSafe, call }: { readonly nameSafe: boolean; readonly call: Call },
): Promise<VersionPage> {
  let flaw: RegistryError | null = null
  const page = await listRows({
    query,
    nameSafe,
    maxSize: maxVersions,
    orderRows: (isSafe) => orderVersions(query.order, isSafe || pushed.model !== null),
    load: async (order, offset, size) => {
      const search = { filter: pushed.text, orderBy: order.orderBy, offset, size }
      const found = await server.searches.versions(search, call)
      flaw ??= found.flaw
      return found
    },
    nameOf: (version) => version.modelName,
    refuteNameOrder: () => server.nameOrder.refute('versions'),
  })
  return { ...page, flaw }
}

/** They come with the models. The highest of all is among them, and is the one created last. */
async function latestVersions(
  server: MlflowRegistry,
  names: readonly string[],
  call: Call,
): Promise<Outcome<readonly ModelVersionRecord[]>[]> {
  const models = await getModels(server, names, call)
  return models.map((model) =>
    model === null || RegistryError.is(model)
      ? model
      : (model.latestVersions ?? malformed('latest_versions')),
  )
}
