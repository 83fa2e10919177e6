import {
  toVersionUri,
  type VersionFilter,
  type VersionLeaf,
  type VersionPlace,
} from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { allOf } from '../filter/filter-tree.ts'
import { toBackendFilter } from '../filter/to-backend-filter.ts'
import type { FederatedVersion } from '../records/records.ts'
import { byModelAndVersion, type FederatedVersionOrder } from '../records/row-order.ts'
import { isCopyOf } from '../resolve/lineage.ts'
import type { Session } from '../session/session.ts'
import { collectRows } from './collect-rows.ts'
import type { Collect, Collected, CollectedRow } from './collected.ts'
import type { VersionList } from './connection.ts'
import { listFederated } from './federated-list.ts'
import type { RowKind } from './row-kind.ts'
import { versionRows } from './version-rows.ts'

/** Enough of most versions to give any page of their copies. */
const manyCopies = 1000

/**
 * The versions that were copied from this one, in all registries, as the catalog has them. Those of many versions are
 * read by one batch for each registry; only what has more than many is a list of its own.
 */
export function listCopies(
  session: Session,
  origin: FederatedVersion,
  { first, after }: { readonly first: number; readonly after: string | null },
): Promise<VersionList> {
  const { readers } = session.federation
  const { registry, modelName: model, version } = origin
  const request = {
    registries: session.selectRegistries(null, null).map((each) => readers.inMode('INDEXED', each)),
    staleIfError: false,
    environments: null,
    filter: null,
    order: byModelAndVersion,
    // A copy that is archived is one.
    includeArchived: true,
    first,
    after,
    binding: ['copiesOf', registry, model, version],
  }
  return listFederated(
    session,
    copyRows(session, origin),
    request,
    fromBatch(session, { registry, model, version }),
  )
}

/** Another version may have the name by now that the copy was made of. */
function copyRows(
  session: Session,
  origin: FederatedVersion,
): RowKind<FederatedVersion, VersionLeaf, FederatedVersionOrder> {
  const rows = versionRows(session)
  return {
    ...rows,
    examine: async (registry, versions, asked) => {
      const candidates = await rows.examine(registry, versions, asked)
      return candidates.map((candidate) => ({
        ...candidate,
        matches: candidate.matches && isCopyOf(candidate.row, origin),
      }))
    },
  }
}

function fromBatch(
  session: Session,
  origin: VersionPlace,
): Collect<FederatedVersion, VersionLeaf, FederatedVersionOrder> {
  return async (kind, registry, query): Promise<Collected<FederatedVersion>> => {
    try {
      const live = session.registry(registry.name)
      const found = await session.federation.readers.copiesIn(live, origin, manyCopies)
      if (!found.complete) {
        const ofOrigin = toBackendFilter(sourceOf(origin, registry.name), (model) => live.asked(model))
        return await collectRows(kind, registry, { ...query, filter: allOf([query.filter, ofOrigin]) })
      }
      const shown = found.versions.filter(({ modelName }) => query.admits(modelName))
      const asked = { residue: null, whole: null, order: query.order }
      const copies = (await kind.examine(registry, shown, asked)).filter(({ matches }) => matches)
      const rows: CollectedRow<FederatedVersion>[] = copies
        .filter((copy) => query.isWanted(copy))
        .slice(0, query.want)
        .map(({ row, values, name, version }) => ({ row, values, name, version, hint: null }))
      return { rows, total: copies.length, failure: null, flaw: null }
    } catch (error) {
      if (!(error instanceof RegistryFailure)) throw error
      return { rows: [], total: null, failure: error.error, flaw: null }
    }
  }
}

/** Every way in which a registry may write it. */
function sourceOf(origin: VersionPlace, registry: string): VersionFilter {
  const { model, version } = origin
  const uris = [toVersionUri(origin, () => false), toVersionUri(origin, () => true)]
  const within = origin.registry === registry ? [`models:/${model}/${version}`] : []
  const values = [...new Set([...uris, ...within])]
  return { kind: 'text', field: 'source', tests: [{ operator: 'in', values, ignoreCase: false }] }
}
