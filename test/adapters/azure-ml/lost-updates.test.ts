import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Adapter, RegistryError } from '../../../src/contract/index.ts'
import { rounds } from '../../environment/rounds.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { storage } from './open-registry.ts'

const azure = doubleInUse()

interface State {
  readonly tags: Readonly<Record<string, string | null>>
  readonly description: string | null
  readonly stage: string | null
  readonly properties: Readonly<Record<string, string>>
  readonly isArchived: boolean
}

/** What one of the two programs does, as it is asked for and as it has to come out. */
interface Change {
  readonly what: string
  readonly model: (state: State) => State
  readonly write: (adapter: Adapter) => Promise<unknown>
}

const key = { model: 'm', version: '1' }
const tagKeys = ['team', 'Team', '__proto__', 'constructor', 'a,b=c', 'ключ', ' ']

const withTag = (state: State, tag: string, value: string): State => ({
  ...state,
  tags: { ...state.tags, [tag]: value },
})
const withoutTag = (state: State, ...gone: string[]): State => ({
  ...state,
  tags: Object.fromEntries(Object.entries(state.tags).filter(([tag]) => !gone.includes(tag))),
})

const ladder = ['none', 'staging', 'prod', 'archived']
const stages = ['None', 'Staging', 'Production', 'Archived']

function inStage(state: State, encoding: string, stage: string): State {
  const moved = { ...state, isArchived: stage === 'Archived' }
  if (encoding === 'value') return withTag(moved, 'stage', stage)
  const rank = stages.indexOf(stage)
  const rung = ladder[rank] ?? ''
  const cleared = withoutTag(moved, ...ladder.slice(rank + 1), ...(stage === 'None' ? ['approval'] : []))
  const reached = Object.hasOwn(cleared.tags, rung) ? cleared : withTag(cleared, rung, '')
  return rank === 1 || rank === 2 ? withTag(reached, 'approval', `${rung}-approved`) : reached
}

const texts = fc.string({ maxLength: 12, unit: 'binary' }).filter((text) => text.isWellFormed())

/** An empty one is none. */
const descriptions = texts.filter((text) => text !== '')

const ofVersion = (encoding: string): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...tagKeys), texts).map(([tag, value]) => ({
      what: `set ${tag}`,
      model: (state: State) => withTag(state, tag, value),
      write: async ({ writes }: Adapter) => writes?.versions.setTags?.(key, [{ key: tag, value }], newCall()),
    })),
    fc.constantFrom(...tagKeys).map((tag) => ({
      what: `delete ${tag}`,
      model: (state: State) => withoutTag(state, tag),
      write: async ({ writes }: Adapter) => writes?.versions.deleteTags?.(key, [tag], newCall()),
    })),
    fc.option(descriptions).map((description) => ({
      what: 'describe',
      model: (state: State) => ({ ...state, description }),
      write: async ({ writes }: Adapter) => writes?.versions.describe?.(key, description, newCall()),
    })),
    fc.constantFrom(...stages).map((stage) => ({
      what: `to ${stage}`,
      model: (state: State) => inStage(state, encoding, stage),
      write: async ({ writes }: Adapter) =>
        writes?.stages?.transition(key, { stage, archiveExisting: false, expected: undefined }, newCall()),
    })),
  )

const ofModel: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.constantFrom('champion', 'Champion', 'é'), fc.constantFrom('1', '2'))
    .map(([alias, version]) => ({
      what: `${alias} to ${version}`,
      model: (state: State) => withTag(state, `alias.${alias}`, version),
      write: async ({ writes }: Adapter) =>
        writes?.aliases?.set({ model: 'm', alias }, version, undefined, newCall()),
    })),
  fc.constantFrom('champion', 'Champion', 'é').map((alias) => ({
    what: `delete ${alias}`,
    model: (state: State) => withoutTag(state, `alias.${alias}`),
    write: async ({ writes }: Adapter) =>
      writes?.aliases?.delete({ model: 'm', alias }, undefined, newCall()),
  })),
  fc.tuple(fc.constantFrom(...tagKeys), texts).map(([tag, value]) => ({
    what: `set ${tag}`,
    model: (state: State) => withTag(state, tag, value),
    write: async ({ writes }: Adapter) => writes?.models.setTags?.('m', [{ key: tag, value }], newCall()),
  })),
)

/** Another program's change, which comes after the gateway has read and before it writes. */
const others = fc.record({
  tags: fc.dictionary(fc.constantFrom(...tagKeys, 'theirs'), texts, { maxKeys: 2 }),
  dropTags: fc.array(fc.constantFrom(...tagKeys), { maxLength: 1 }),
  description: fc.option(descriptions),
})
type Other = typeof others extends fc.Arbitrary<infer Value> ? Value : never

function afterOther(state: State, { tags, dropTags, description }: Other): State {
  return { ...withoutTag({ ...state, tags: { ...state.tags, ...tags } }, ...dropTags), description }
}

async function readState(path: string): Promise<State> {
  const {
    tags,
    description,
    stage = null,
    properties,
    isArchived,
  } = (await azure.writer.get(path)).properties
  return { tags, description, stage, properties, isArchived }
}

async function checkStep(
  adapter: Adapter,
  path: string,
  { model, write }: Change,
  other: Other | null,
): Promise<void> {
  const before = await readState(path)
  azure.double.set({
    concurrentChanges:
      other === null
        ? []
        : [
            {
              when: 'afterRead',
              path,
              times: 1,
              tags: other.tags,
              dropTags: other.dropTags,
              set: { description: other.description },
            },
          ],
  })
  const outcome = await write(adapter).then(
    () => 'done',
    (error: unknown) => (RegistryError.is(error) ? error.code : String(error)),
  )
  azure.double.set({ concurrentChanges: [] })
  const wanted = model(before)
  const isNothing = JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(before))
  expect(outcome).toBe(other === null || isNothing ? 'done' : 'CONFLICT')
  const expected = other === null ? wanted : afterOther(before, other)
  expect(sorted(await readState(path))).toEqual(sorted(expected))
}

function sorted(state: State) {
  return { ...state, tags: Object.entries(state.tags).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
}

const rich = {
  tags: { kept: 'yes', nothing: null },
  properties: { trained: 'yes' },
  stage: 'Staging',
  modelUri: `${storage}/a`,
  flavors: { f: { data: { x: 'y' } } },
}

describe.each(['value', 'keys'])('with stages by %s', (encoding) => {
  const steps = <T>(change: fc.Arbitrary<T>) =>
    fc.array(fc.tuple(change, fc.option(others, { freq: 2 })), { minLength: 1, maxLength: 12 })

  it('no tag, property or stage of a version is lost or doubled, whoever else writes', async () => {
    await fc.assert(
      fc.asyncProperty(steps(ofVersion(encoding)), async (sequence) => {
        azure.double.reset()
        await azure.writer.put('models/m/versions/1', rich)
        const { modelUri, flavors } = (await azure.writer.get('models/m/versions/1')).properties
        const adapter = await azure.open({ stages: { encoding } })
        for (const [change, other] of sequence) await checkStep(adapter, 'models/m/versions/1', change, other)
        expect((await azure.writer.get('models/m/versions/1')).properties).toMatchObject({
          modelUri,
          flavors,
        })
      }),
      { numRuns: rounds(25, 400) },
    )
  })

  it('no tag or alias of a model is lost or doubled, whoever else writes', async () => {
    await fc.assert(
      fc.asyncProperty(steps(ofModel), async (sequence) => {
        azure.double.reset()
        for (const number of ['1', '2']) await azure.writer.put(`models/m/versions/${number}`, rich)
        const adapter = await azure.open({ stages: { encoding } })
        for (const [change, other] of sequence) await checkStep(adapter, 'models/m', change, other)
      }),
      { numRuns: rounds(25, 400) },
    )
  })
})
