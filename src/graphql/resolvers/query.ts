import { listEvents } from '../../federation/catalog/list-events.ts'
import { aliasReport } from '../../federation/compare/alias-report.ts'
import { findDrift } from '../../federation/compare/drift.ts'
import { InputError } from '../../federation/errors/input-error.ts'
import { groupModels } from '../../federation/list/group-models.ts'
import { listLogicalModels } from '../../federation/list/list-logical-models.ts'
import { listModels, listVersions } from '../../federation/list/over-registries.ts'
import { logicalModel } from '../../federation/logical/logical-models.ts'
import { listGrants } from '../../federation/permissions/list-grants.ts'
import { loadNode, type NodeRecord } from '../../federation/resolve/load-node.ts'
import { locateUri } from '../../federation/resolve/resolve-uri.ts'
import { diffVersions } from '../../federation/resolve/version-diff.ts'
import { search } from '../../federation/search/search.ts'
import { maxPageSize, maxReportSize, pageSize } from '../arguments/page-size.ts'
import { toEventArguments } from '../arguments/to-event-arguments.ts'
import { toModelFilter, toVersionFilter } from '../arguments/to-filter.ts'
import { toGroupBy } from '../arguments/to-group-by.ts'
import { toListArguments, toPage } from '../arguments/to-list-arguments.ts'
import { toLogicalModelTests } from '../arguments/to-logical-arguments.ts'
import { toModelOrder, toVersionOrder } from '../arguments/to-order.ts'
import { toVersionReference } from '../arguments/to-version-reference.ts'
import type { QueryResolvers } from '../generated/resolver-types.ts'
import { toViewer } from './viewer.ts'

export const query: QueryResolvers = {
  node: (_, { id }, { session }) => loadNode(session, id),

  nodes: (_, { ids }, { session }) => {
    if (ids.length > maxPageSize) {
      throw new InputError(
        'ids',
        `\`ids\` holds ${ids.length} ids; at most ${maxPageSize} go in one request.`,
      )
    }
    // Each on its own, so that one failure empties its own place only.
    return ids.map((id) => loadNode(session, id) as Promise<NodeRecord>)
  },

  registries: (_, { environments }, { session }) =>
    session.selectRegistries(null, environments ?? null).map(({ link }) => link.record),

  registry: (_, { name }, { session }) => session.registry(name, 'name').record,

  environments: (_, __, { session }) => [...session.environments],

  models: (_, given, { session }) =>
    listModels(session, {
      ...toListArguments(given),
      registries: given.registries ?? null,
      environments: given.environments ?? null,
      filter: toModelFilter(given.where),
      order: toModelOrder(given.orderBy),
    }),

  modelVersions: (_, given, { session }) =>
    listVersions(session, {
      ...toListArguments(given),
      registries: given.registries ?? null,
      environments: given.environments ?? null,
      filter: toVersionFilter(given.where),
      order: toVersionOrder(given.orderBy),
    }),

  modelGroups: (_, { by, registries, environments, where, first }, { session }) =>
    groupModels(session, {
      by: toGroupBy(by),
      registries: registries ?? null,
      environments: environments ?? null,
      filter: toModelFilter(where),
      first: pageSize(first),
    }),

  model: (_, { registry, name }, { session }) => session.registry(registry).model(name),

  modelVersion: (_, { registry, model, version }, { session }) =>
    session.registry(registry).version({ model, version }),

  resolveModelUri: (_, { uri, registry }, { session }) => locateUri(session, uri, registry ?? null).find(),

  permissions: (_, { registry, principal, ...page }, { session }) =>
    listGrants(session, { registry: registry ?? null, principal: principal ?? null, ...toPage(page) }),

  viewer: (_, __, { session }) => toViewer(session.caller),

  changes: (_, given, { session }) => listEvents(session, toEventArguments(given)),

  search: (_, given, { session }) => {
    const { includeArchived, first, after } = toListArguments(given)
    return search(session, {
      text: given.text,
      registries: given.registries ?? null,
      environments: given.environments ?? null,
      where: toVersionFilter(given.where),
      versionsOnly: given.where != null,
      includeArchived,
      first,
      after,
    })
  },

  compareVersions: (_, { from, to }, { session }) =>
    diffVersions(session, toVersionReference(from), toVersionReference(to)),

  drift: (_, { where, read, ...given }, { session }) =>
    findDrift(session, { ...given, where: toLogicalModelTests(where), read: read ?? 'INDEXED' }),

  logicalModel: (_, { name, read }, { session }) => logicalModel(session, name, read ?? 'INDEXED'),

  aliasReport: (_, { alias, metric, environments, where, first, after, read }, { session }) =>
    aliasReport(session, {
      alias,
      metric: metric ?? null,
      environments: environments ?? null,
      where: toLogicalModelTests(where),
      read: read ?? 'INDEXED',
      first: pageSize(first, maxReportSize),
      after: after || null,
    }),

  logicalModels: (_, { where, read, ...page }, { session }) =>
    listLogicalModels(session, {
      where: toLogicalModelTests(where),
      read: read ?? 'INDEXED',
      ...toPage(page),
    }),
}
