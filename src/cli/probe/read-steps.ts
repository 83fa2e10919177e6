import { given, need, type ProbeStep, quote } from './probe-step.ts'

const noModel = 'the registry holds no model'
const noVersion = 'the model has no version'

/** Whatever can be read, on the first model that has something. Nothing is changed. */
export const readSteps: readonly ProbeStep[] = [
  {
    title: 'ask whether it is well',
    async run({ adapter }, call) {
      await adapter.health(call)
      return 'it is'
    },
  },
  {
    title: 'list models',
    async run(state, call) {
      const query = { filter: null, after: null, continuation: null, includeArchived: true, limit: 20 }
      const order = [{ field: 'name', direction: 'asc' }] as const
      const { items, ordered } = await state.adapter.models.list({ ...query, order }, call)
      const interesting = items.find(({ aliases }) => aliases.length > 0) ?? items[0]
      state.model = interesting?.name ?? null
      state.alias = interesting?.aliases[0]?.name ?? null
      return `${items.length} on the first page, ${ordered ? 'in' : 'not in'} the order asked for`
    },
  },
  {
    title: 'get a model by its name',
    async run(state, call) {
      const name = need(state.model, noModel)
      const model = given((await state.adapter.models.get([name], call))[0], quote(name))
      return `${quote(name)}: ${model.tags.length} tags, ${model.aliases.length} aliases`
    },
  },
  {
    title: 'list its versions',
    async run(state, call) {
      const name = need(state.model, noModel)
      const found = given((await state.adapter.versions.ofModels([name], 20, call))[0], quote(name))
      state.version = found.versions[0]?.version ?? null
      state.runId = found.versions.find(({ runId }) => runId !== null)?.runId ?? null
      return `${found.versions.length}${found.complete ? '' : ' and more'}, the highest is ${state.version ?? '-'}`
    },
  },
  {
    title: 'get a version',
    async run(state, call) {
      const key = { model: need(state.model, noModel), version: need(state.version, noVersion) }
      const version = given((await state.adapter.versions.get([key], call))[0], quote(key.version))
      return `${version.status}, stage ${version.stage ?? '-'}, source ${version.source ?? '-'}`
    },
  },
  {
    title: 'get the latest versions',
    async run(state, call) {
      const name = need(state.model, noModel)
      const latest = given((await state.adapter.versions.latest([name], call))[0], quote(name))
      return latest.map(({ version, stage }) => `${version} (${stage ?? 'no stage'})`).join(', ') || 'none'
    },
  },
  {
    title: 'resolve an alias',
    async run(state, call) {
      const aliases = need(state.adapter.aliases, 'the registry has no aliases')
      const key = { model: need(state.model, noModel), alias: need(state.alias, 'the model has no alias') }
      const version = given((await aliases.resolve([key], call))[0], quote(key.alias))
      return `${quote(key.alias)} is version ${version.version}`
    },
  },
  {
    title: 'get a run',
    async run(state, call) {
      const runs = need(state.adapter.runs, 'the registry has no runs')
      const runId = need(state.runId, 'no version names a run')
      const run = given((await runs.get([runId], call))[0], quote(runId))
      return `${run.metrics.length} metrics, ${run.params.length} params`
    },
  },
  {
    title: 'find the files',
    async run(state, call) {
      const artifacts = need(state.adapter.artifacts, 'the registry does not list files')
      const key = { model: need(state.model, noModel), version: need(state.version, noVersion) }
      const location = given((await artifacts.locate([key], call))[0], 'The place of the files')
      const files = given(await artifacts.list(key, '', call), 'The folder')
      return `${files.length} at ${location}`
    },
  },
]
