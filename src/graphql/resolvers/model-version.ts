import { listEvents } from '../../federation/catalog/list-events.ts'
import { metricOf } from '../../federation/filter/matcher.ts'
import { artifactList } from '../../federation/list/artifact-list.ts'
import { listCopies } from '../../federation/list/copies-of-version.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import { hopBack, lineageOf } from '../../federation/resolve/lineage.ts'
import { runOfVersion } from '../../federation/resolve/run-of-version.ts'
import { whenThere } from '../../timing/when-there.ts'
import { toEventsOf } from '../arguments/to-event-arguments.ts'
import { toPage } from '../arguments/to-list-arguments.ts'
import type { ModelVersionResolvers } from '../generated/resolver-types.ts'
import { withKeys } from './with-keys.ts'

export const modelVersion: ModelVersionResolvers = {
  id: ({ registry, modelName, version }) =>
    toNodeId({ type: 'ModelVersion', registry, model: modelName, version }),
  registry: ({ registry }, _, { session }) => session.registry(registry).record,
  model: (version, _, { session }) => session.reader(version).model(version.modelName),
  tags: ({ tags }, { keys }) => withKeys(tags, keys),
  tag: ({ tags }, { key }) => tags.find((tag) => tag.key === key)?.value ?? null,

  aliases: (version, _, { session }) => {
    const { registry, mode, modelName: model, version: number } = version
    return whenThere(session.reader(version).aliasesOfVersion(version), (names) =>
      names.map((name) => ({ name, registry, mode, model, version: number })),
    )
  },

  artifactUri: (version, _, { session }) => session.reader(version).artifactLocation(version),

  artifacts: (version, { path, ...page }, { session }) =>
    artifactList(session, version, { path: path ?? '', ...toPage(page) }),

  run: (version, _, { session }) => runOfVersion(session, version),
  metrics: async (version, { keys }, { session }) =>
    withKeys((await runOfVersion(session, version))?.metrics ?? [], keys),
  metric: async (version, { key }, { session }) => {
    const value = metricOf(await runOfVersion(session, version), key)
    return Number.isFinite(value) ? value : null
  },
  params: async (version, { keys }, { session }) =>
    withKeys((await runOfVersion(session, version))?.params ?? [], keys),
  param: async (version, { key }, { session }) =>
    (await runOfVersion(session, version))?.params.find((param) => param.key === key)?.value ?? null,

  copiedFrom: async (version, _, { session }) => (await hopBack(session, version))?.version ?? null,
  copies: (version, page, { session }) => listCopies(session, version, toPage(page)),
  lineage: (version, _, { session }) => lineageOf(session, version),
  events: ({ registry, modelName: name, version }, given, { session }) =>
    listEvents(session, toEventsOf({ registry, name, version }, given)),
}
