import { comparePositions, type VersionFilter, type VersionLeaf } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { allOf } from '../filter/filter-tree.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { FederatedVersionOrder } from '../records/row-order.ts'
import type { Session } from '../session/session.ts'
import { collectRows } from './collect-rows.ts'
import type { Collect, CollectedRow } from './collected.ts'
import type { VersionList } from './connection.ts'
import { listFederated } from './federated-list.ts'
import type { ListArguments } from './over-registries.ts'
import { pageOfBatch } from './page-of-batch.ts'
import { versionRows } from './version-rows.ts'

const highestFirst: readonly FederatedVersionOrder[] = [{ field: 'version', direction: 'desc' }]

/** Enough of most models to filter or sort them without another request. */
const manyVersions = 1000

/**
 * The versions of one model. First pages of many models are read together, by one batch; only what that does not
 * settle - a later page, a model with very many versions - is a list of its own.
 */
export async function listVersionsOfModel(
  session: Session,
  model: FederatedModel,
  request: Omit<
    ListArguments<VersionFilter, FederatedVersionOrder>,
    'registries' | 'environments' | 'read' | 'staleIfError'
  >,
): Promise<VersionList> {
  const { includeArchived, first, after, filter } = request
  const order = request.order?.length ? request.order : highestFirst
  const registry = session.reader(model)
  const binding = () => ['versionsOf', model.registry, model.name, filter, order, includeArchived]
  if (
    after === null &&
    !filter &&
    isHighestFirst(order) &&
    session.access.admits(model.registry, model.name)
  ) {
    const startedAt = performance.now()
    const found = await registry.versionsOfModel(model.name, first + 1)
    const asked = { registry, model: model.name, first, includeArchived, binding, startedAt }
    const page = pageOfBatch(session, found, asked)
    if (page) return page
  }
  const ofThisModel: VersionFilter = {
    kind: 'text',
    field: 'model',
    tests: [{ operator: 'eq', value: model.name, ignoreCase: false }],
  }
  const list = await listFederated(
    session,
    versionRows(session),
    {
      registries: [registry],
      // Of a model that was read live its versions are too.
      staleIfError: false,
      environments: null,
      ofOneModel: true,
      filter: allOf([ofThisModel, filter]),
      order,
      includeArchived,
      first,
      after,
      binding: binding(),
    },
    fromBatch(model.name, filter !== null),
  )
  const [source] = list.sources
  // Where it gave rows, and only some are missing, the list says so.
  if (source?.error && source.asOf === null) throw new RegistryFailure(model.registry, source.error)
  return list
}

function isHighestFirst(order: readonly FederatedVersionOrder[]): boolean {
  return order.length === 1 && order[0]?.field === 'version' && order[0].direction === 'desc'
}

/** Takes the rows from the batch when it settles the question, else from a list. */
function fromBatch(
  model: string,
  filtered: boolean,
): Collect<FederatedVersion, VersionLeaf, FederatedVersionOrder> {
  return async (kind, registry, query) => {
    const { order, after, want } = query
    if (after) return collectRows(kind, registry, query)
    const asGiven = isHighestFirst(order)
    const limit = asGiven && !filtered ? want : manyVersions
    const found = query.admits(model) ? await registry.versionsOfModel(model, limit) : null
    if (!found) return { rows: [], total: 0, failure: null, flaw: null }
    const shown = found.versions.filter(
      ({ modelName, archived }) => modelName === model && (query.includeArchived || !archived),
    )
    // That they are of this model was all that was asked.
    const residue = filtered ? query.filter : null
    const candidates = await kind.examine(registry, shown, { residue, whole: query.whole, order })
    const rows: CollectedRow<FederatedVersion>[] = []
    for (const { row, values, name, version, matches } of candidates)
      if (matches) rows.push({ row, values, name, version, hint: null })
    rows.sort((a, b) => comparePositions(order, a, b))
    const settled = found.complete || (asGiven && rows.length >= want)
    if (!settled) return collectRows(kind, registry, query)
    const flaw = candidates.find((candidate) => candidate.flaw)?.flaw ?? null
    return { rows, total: found.complete && !flaw ? rows.length : null, failure: null, flaw }
  }
}
