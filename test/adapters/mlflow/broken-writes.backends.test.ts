import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Adapter, RegistryError, type RegistryWrites } from '../../../src/contract/index.ts'
import { faults } from '../../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../../environment/fault-proxy.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

/** A write, and what has to be there once it is done, whichever of its requests broke before. */
interface Steps {
  /** Of the model before. */
  readonly versions: number
  readonly prepare: (model: string) => Promise<void>
  readonly write: (writes: Required<RegistryWrites>, model: string) => Promise<unknown>
  readonly check: (model: string) => Promise<void>
}

const tags = ['a', 'b'].map((key) => ({ key, value: 'set' }))
const keys = tags.map(({ key }) => key)

describe.each(mlflowVersions)(
  'of MLflow %s, wherever a write breaks off and is asked for again,',
  (release) => {
    let proxy: FaultProxy
    let direct: Adapter
    let broken: Adapter
    const writesOf = ({ writes }: Adapter) => writes as Required<RegistryWrites>

    beforeAll(async () => {
      requireBackend(`mlflow ${release}`)
      const { url } = inject('mlflow')[release]
      proxy = await startFaultProxy(url)
      direct = await openRegistry(url)
      broken = await openRegistry(proxy.url)
      await broken.describe(newCall())
    })
    afterAll(async () => {
      await Promise.all([direct?.close(), broken?.close(), proxy?.close()])
    })

    /** Answers whether the write had so many requests. */
    async function breakAndRepeat(steps: Steps, n: number, isCarriedOut: boolean) {
      const { prepare, write, check } = steps
      const model = `broken-${randomUUID().slice(0, 8)}`
      const writes = writesOf(direct)
      await writes.models.create(
        { name: model, description: null, tags: [], idempotencyKey: null },
        newCall(),
      )
      for (let made = 0; made < steps.versions; made++) {
        const version = { model, source: 's3://bucket/x', runId: null, description: null, tags: [] }
        await writes.versions.create({ ...version, idempotencyKey: null }, newCall())
      }
      await prepare(model)
      let seen = 0
      await proxy.setMode(isCarriedOut ? faults.loseAnswer : faults.status(503), () => ++seen === n)
      const failure: unknown = await write(writesOf(broken), model).catch((error: unknown) => error)
      if (RegistryError.is(failure)) {
        await write(writesOf(broken), model).catch((error: unknown) => {
          // What is gone needs no second deletion.
          if (!RegistryError.is(error) || error.code !== 'NOT_FOUND') throw error
        })
      }
      await check(model)
      return seen >= n
    }

    const getModel = async (name: string) => (await direct.models.get([name], newCall()))[0]
    const getVersion = async (model: string, version: string) =>
      (await direct.versions.get([{ model, version }], newCall()))[0]
    const stagesOf = async (model: string) => {
      const versions = await Promise.all(['1', '2', '3'].map((version) => getVersion(model, version)))
      return versions.map((version) => (version && 'stage' in version ? version.stage : null))
    }
    const moveDirectly = (model: string, version: string, stage: string) =>
      writesOf(direct).stages.transition(
        { model, version },
        { stage, archiveExisting: false, expected: undefined },
        newCall(),
      )

    it.each<[string, Steps]>([
      [
        'setting tags sets all',
        {
          versions: 1,
          prepare: async () => {},
          write: async ({ versions }, model) => versions.setTags?.({ model, version: '1' }, tags, newCall()),
          check: async (model) => expect(await getVersion(model, '1')).toMatchObject({ tags }),
        },
      ],
      [
        'deleting tags deletes all',
        {
          versions: 0,
          prepare: async (model) => writesOf(direct).models.setTags?.(model, tags, newCall()),
          write: async ({ models }, model) => models.deleteTags?.(model, keys, newCall()),
          check: async (model) => expect(await getModel(model)).toMatchObject({ tags: [] }),
        },
      ],
      [
        'a transition leaves one version in the stage',
        {
          versions: 3,
          async prepare(model) {
            for (const version of ['1', '2']) await moveDirectly(model, version, 'Production')
          },
          write: ({ stages }, model) =>
            stages.transition(
              { model, version: '3' },
              { stage: 'Production', archiveExisting: true, expected: undefined },
              newCall(),
            ),
          check: async (model) =>
            expect(await stagesOf(model)).toEqual(['Archived', 'Archived', 'Production']),
        },
      ],
      [
        'deleting a version leaves none of its aliases',
        {
          versions: 2,
          async prepare(model) {
            for (const [alias, version] of [
              ['champion', '2'],
              ['other', '2'],
              ['kept', '1'],
            ] as const) {
              await writesOf(direct).aliases.set({ model, alias }, version, undefined, newCall())
            }
          },
          write: async ({ versions }, model) => versions.delete?.({ model, version: '2' }, newCall()),
          async check(model) {
            expect(await getVersion(model, '2')).toBeNull()
            expect(await getModel(model)).toMatchObject({ aliases: [{ name: 'kept', version: '1' }] })
          },
        },
      ],
    ])('%s', async (_, steps) => {
      for (const isCarriedOut of [false, true]) {
        let n = 1
        while (await breakAndRepeat(steps, n, isCarriedOut)) n++
        expect(n).toBeGreaterThan(1)
      }
    })
  },
)
