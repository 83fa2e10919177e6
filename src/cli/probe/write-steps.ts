import { type Adapter, type RegistryWrites, type TagRecord, tagLevelOf } from '../../contract/index.ts'
import { given, need, type ProbeState, type ProbeStep, quote } from './probe-step.ts'

const readOnly = 'the registry is read-only'
const notMade = 'what it needs could not be made'
const tags = [{ key: 'modelgate-probe', value: 'may be deleted' }]

/** Makes a model of its own, does with it what can be done, and takes it away again. */
export function createWriteSteps(name: string): readonly ProbeStep[] {
  return [
    {
      title: 'make a model',
      async run(state, call) {
        const wish = {
          name,
          description: 'Made by modelgate check --probe --write.',
          tags: tagsFor(state),
          idempotencyKey: null,
        }
        await writesOf(state.adapter).models.create(wish, call)
        state.model = name
        state.version = null
        const model = given((await state.adapter.models.get([name], call))[0], quote(name))
        return `${quote(name)} reads back with ${model.tags.length} of ${tagsFor(state).length} tags`
      },
    },
    {
      title: 'make a version',
      async run(state, call) {
        const model = ownModel(state, name)
        const wish = {
          model,
          source: state.source,
          runId: null,
          description: null,
          tags: tagsFor(state),
          idempotencyKey: null,
        }
        state.version = await writesOf(state.adapter).versions.create(wish, call)
        state.made.push(state.version)
        const key = { model, version: state.version }
        const version = given((await state.adapter.versions.get([key], call))[0], quote(key.version))
        return `version ${version.version}, source ${version.source ?? '-'}`
      },
    },
    {
      title: 'change tags',
      async run(state, call) {
        const { versions } = writesOf(state.adapter)
        need(versions.setTags, 'the registry changes no tags of versions')
        const key = ownVersion(state, name)
        await versions.setTags?.(key, [{ key: 'second', value: '2' }], call)
        await versions.deleteTags?.(key, ['second'], call)
        const version = given((await state.adapter.versions.get([key], call))[0], quote(key.version))
        return `${version.tags.length} of ${tags.length} tags are left`
      },
    },
    {
      title: 'set and take away an alias',
      async run(state, call) {
        const aliases = need(writesOf(state.adapter).aliases, 'the registry sets no aliases')
        const { model, version } = ownVersion(state, name)
        const alias = { model, alias: 'probe' }
        await aliases.set(alias, version, null, call)
        const { previous } = await aliases.delete(alias, version, call)
        return `version ${previous} held it`
      },
    },
    {
      title: 'move between stages',
      async run(state, call) {
        const stages = need(writesOf(state.adapter).stages, 'the registry moves no version between stages')
        const key = ownVersion(state, name)
        const stage = need(
          state.description.stages.find((each) => each !== 'None'),
          'there is no stage but None',
        )
        await stages.transition(key, { stage, archiveExisting: false, expected: undefined }, call)
        const version = given((await state.adapter.versions.get([key], call))[0], quote(key.version))
        return `it is in ${version.stage}`
      },
    },
    {
      title: 'copy the version',
      async run(state, call) {
        const { model, version } = ownVersion(state, name)
        const source = `models:/${model}/${version}`
        const wish = {
          model,
          source,
          runId: null,
          description: null,
          tags: tagsFor(state),
          idempotencyKey: null,
        }
        const copied = await writesOf(state.adapter).versions.create(wish, call)
        state.made.push(copied)
        const found = await state.adapter.versions.get([{ model, version: copied }], call)
        return `version ${copied}, source ${given(found[0], quote(copied)).source ?? '-'}`
      },
    },
    {
      title: 'delete what was made',
      async run(state, call) {
        const model = ownModel(state, name)
        const { models, versions } = writesOf(state.adapter)
        if (models.delete) {
          await models.delete(model, call)
          return 'it is gone'
        }
        for (const version of versions.delete ? state.made : [])
          await versions.delete?.({ model, version }, call)
        const left = versions.delete ? 'without versions' : `with ${state.made.length} versions`
        return `the registry deletes no models: ${quote(model)} is left behind ${left}`
      },
    },
  ]
}

/** A registry without tags is given none. */
function tagsFor({ adapter, description }: ProbeState): readonly TagRecord[] {
  return tagLevelOf(adapter, description) === 'NONE' ? [] : tags
}

function writesOf({ writes }: Adapter): RegistryWrites {
  return need(writes, readOnly)
}

/** Never a model that somebody else has made. */
function ownModel({ model }: ProbeState, name: string): string {
  return need(model === name ? model : null, notMade)
}

function ownVersion(state: ProbeState, name: string) {
  return { model: ownModel(state, name), version: need(state.version, notMade) }
}
