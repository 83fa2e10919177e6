import { assignmentOf } from '../../federation/catalog/alias-assignments.ts'
import { aliasAt } from '../../federation/catalog/alias-at.ts'
import { listEvents } from '../../federation/catalog/list-events.ts'
import { listVersionsOfModel } from '../../federation/list/versions-of-model.ts'
import { logicalModelOf } from '../../federation/logical/logical-models.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import { createdLast, highestInStage, latestVersion } from '../../federation/resolve/latest-version.ts'
import { toEventsOf } from '../arguments/to-event-arguments.ts'
import { toVersionFilter } from '../arguments/to-filter.ts'
import { toListArguments } from '../arguments/to-list-arguments.ts'
import { toVersionOrder } from '../arguments/to-order.ts'
import type { AliasResolvers, ModelResolvers } from '../generated/resolver-types.ts'
import { withKeys } from './with-keys.ts'

export const model: ModelResolvers = {
  id: ({ registry, name }) => toNodeId({ type: 'Model', registry, name }),
  registry: ({ registry }, _, { session }) => session.registry(registry).record,
  tags: ({ tags }, { keys }) => withKeys(tags, keys),
  tag: ({ tags }, { key }) => tags.find((tag) => tag.key === key)?.value ?? null,

  aliases: ({ registry, mode, name, aliases }) =>
    aliases.map((alias) => ({ ...alias, registry, mode, model: name })),

  alias: ({ registry, mode, name, aliases }, given) => {
    const alias = aliases.find((each) => each.name === given.name)
    return alias ? { ...alias, registry, mode, model: name } : null
  },

  versions: (record, given, { session }) =>
    listVersionsOfModel(session, record, {
      ...toListArguments(given),
      filter: toVersionFilter(given.where),
      order: toVersionOrder(given.orderBy),
    }),

  version: (record, { version }, { session }) =>
    session.reader(record).version({ model: record.name, version }),

  // At once where the record has them: a promise for each row of a page costs more than all the rest of it.
  latestVersion: (record, { stage }, { session }) => {
    const { latestVersions } = record
    if (!latestVersions) return latestVersion(session.reader(record), record.name, stage ?? null)
    return stage ? highestInStage(latestVersions, stage) : createdLast(latestVersions)
  },

  environment: (record, _, { session }) => session.environmentOf(record),
  logicalModel: (record, _, { session }) => logicalModelOf(session, record),
  events: (record, given, { session }) => listEvents(session, toEventsOf(record, given)),
  aliasAt: (record, { name, at }, { session }) => aliasAt(session, record, name, at),

  viewerPermission: ({ registry, name }, _, { session }) => session.access.levelOf(registry, name),
}

export const alias: AliasResolvers = {
  versionNumber: ({ version }) => version,

  assignedAt: async (record, _, { session }) => {
    const event = await assignmentOf(session, record)
    return event && new Date(event.at)
  },

  assignedBy: async (record, _, { session }) => (await assignmentOf(session, record))?.actor ?? null,

  version: (record, _, { session }) =>
    session.reader(record).version({ model: record.model, version: record.version }),
}
