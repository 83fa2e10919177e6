import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  declineSampleFleet,
  seedSampleFleet,
} from '../../../src/adapters/local/sample-fleet/seed-sample-fleet.ts'
import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const now = Date.UTC(2026, 5, 15, 12)
const registries = ['dev', 'staging', 'prod']

export function describeSampleFleet(source: DatabaseSource): void {
  describe(`sample fleet on ${source.name}`, () => {
    let database: GatewayDatabase
    beforeEach(async () => {
      database = await openFrom(source)
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    test('fills the registries once, and not again after they were emptied', async () => {
      expect(await seedSampleFleet(database, { now })).toBe(true)
      const before = await readFleet(database)
      expect(await seedSampleFleet(database, { now })).toBe(false)
      expect(await readFleet(database)).toEqual(before)

      const { store } = await openRegistry(database, 'prod')
      for (const { name } of before.get('prod')?.models ?? []) await store.models.delete(name)
      expect(await seedSampleFleet(database, { now })).toBe(false)
      expect((await readFleet(database)).get('prod')?.models).toEqual([])
    })

    test('stays away when it was declined', async () => {
      await declineSampleFleet(database)
      expect(await seedSampleFleet(database, { now })).toBe(false)
      expect((await readFleet(database)).get('dev')?.models).toEqual([])
    })

    test('is filled by one of several that start at once', async () => {
      const seeded = await Promise.all([1, 2, 3].map(() => seedSampleFleet(database, { now })))
      expect(seeded.toSorted()).toEqual([false, false, true])
      expect((await readFleet(database)).get('dev')?.models).toHaveLength(8)
    })

    test('is the same each time', async () => {
      await seedSampleFleet(database, { now })
      const other = await openFrom(source)
      await seedSampleFleet(other, { now })
      expect(await readFleet(other)).toEqual(await readFleet(database))
      await other.close()
    })

    test('holds what a real fleet does', async () => {
      await seedSampleFleet(database, { now })
      const fleet = await readFleet(database)
      for (const [registry, { models, versions, runs }] of fleet) {
        expect(models.length, registry).toBeGreaterThanOrEqual(7)
        for (const model of models) {
          expect(model.tags.map(({ key }) => key)).toContain('team')
          const own = versions.filter(({ modelName }) => modelName === model.name)
          expect(own.length, model.name).toBeGreaterThan(0)
          expect(own.length, model.name).toBeLessThanOrEqual(6)
        }
        for (const version of versions) {
          expect(version.createdAt?.getTime(), version.modelName).toBeLessThan(now)
          expect(version.artifactUri).toMatch(/^s3:/)
          const isTrained = registry === 'dev'
          expect(version.runId !== null, version.modelName).toBe(isTrained)
          if (isTrained) expect(runs.get(version.runId ?? '')?.metrics.length).toBeGreaterThan(0)
        }
      }
      expect(fleet.get('prod')?.models.find(({ name }) => name === 'fraud_detection')?.aliases).toEqual([
        { name: 'champion', version: '2' },
      ])
      const stages = new Set(
        [...fleet.values()].flatMap(({ versions }) => versions.map(({ stage }) => stage)),
      )
      expect(stages).toEqual(new Set(['None', 'Staging', 'Production', 'Archived']))
    })

    test('says of each copy where it is from, and that is there and older', async () => {
      await seedSampleFleet(database, { now })
      const fleet = await readFleet(database)
      const copies = [...fleet].flatMap(([registry, { versions }]) =>
        versions.flatMap((version) => {
          const tag = version.tags.find(({ key }) => key === 'modelgate.copied_from')?.value
          const within = version.source?.startsWith('models:/')
            ? version.source.replace('models:/', `models://${registry}/`)
            : null
          const origin = tag ?? within
          return origin === null ? [] : [{ version, origin }]
        }),
      )
      expect(copies.length).toBeGreaterThan(15)
      for (const { version, origin } of copies) {
        const [, registry = '', model, number] = /^models:\/\/([^/]+)\/(.+)\/(\d+)$/.exec(origin) ?? []
        const source = fleet
          .get(registry)
          ?.versions.find((other) => other.modelName === model && other.version === number)
        expect(source, origin).toBeDefined()
        expect(source?.digest).toBe(version.digest)
        expect(source?.createdAt?.getTime()).toBeLessThan(version.createdAt?.getTime() ?? 0)
      }
    })
  })
}

interface Contents {
  readonly models: readonly ModelRecord[]
  readonly versions: readonly ModelVersionRecord[]
  readonly runs: ReadonlyMap<string, RunRecord>
}

async function readFleet(database: GatewayDatabase): Promise<Map<string, Contents>> {
  const everything = { filter: null, includeArchived: true, limit: 500, after: null, continuation: null }
  const fleet = new Map<string, Contents>()
  for (const registry of registries) {
    const { adapter } = await openRegistry(database, registry)
    const call = newCall()
    const { items: models } = await adapter.models.list(
      { ...everything, order: [{ field: 'name', direction: 'asc' }] },
      call,
    )
    const { items: versions } = await adapter.versions.list(
      { ...everything, order: [{ field: 'model', direction: 'asc' }] },
      call,
    )
    const runs =
      (await adapter.runs?.get(
        versions.map(({ runId }) => runId ?? ''),
        call,
      )) ?? []
    const byId = new Map(
      runs.filter((run) => run !== null).map((run) => [(run as RunRecord).runId, run as RunRecord]),
    )
    fleet.set(registry, { models, versions, runs: byId })
  }
  return fleet
}
