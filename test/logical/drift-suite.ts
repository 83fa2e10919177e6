import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { boss, openPermitted, type PermittedGateway } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'
import { seedDrift } from './seed-drift.ts'

/** Who differs in what, seeded so that each kind is there once and by itself. */
export function describeDrift(source: DatabaseSource): void {
  describe(`drift and comparison on ${source.name}`, () => {
    let gateway: PermittedGateway
    beforeAll(async () => {
      const local = (name: string, environment: string) => ({ name, adapter: 'local', environment })
      gateway = await openPermitted({
        environments: ['dev', 'staging', 'prod'],
        registries: [local('dev', 'dev'), local('prod', 'prod'), local('prod-2', 'prod')],
        database: { url: await source.createUrl() },
        auth: {},
      })
      await seedDrift(gateway.database)
      await gateway.sync()
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    const drift = (args = '', read = 'INDEXED') =>
      gateway.data(
        boss,
        `{ drift(alias: "champion", from: "dev", to: "prod", read: ${read} ${args}) {
          logicalModel kind detail from { version registry { name } } to { version registry { name } } } }`,
      )

    it.each(['INDEXED', 'LIVE'])('finds each kind once, read %s', async (read) => {
      const { drift: findings } = await drift('', read)
      expect(
        findings.map(
          ({ logicalModel, kind, detail }: { logicalModel: string; kind: string; detail: string }) => [
            logicalModel,
            kind,
            detail,
          ],
        ),
      ).toEqual([
        ['a-files', 'DIFFERENT_ARTIFACT', 'Version 1 in dev and 1 in prod have other files.'],
        ['b-tags', 'TAGS_DIFFER', 'Tags differ: "by", "team".'],
        ['c-metrics', 'METRICS_DIFFER', 'Metrics differ: "auc".'],
        ['d-stage', 'STAGE_DIFFERS', 'Staging in dev, Production in prod.'],
        ['e-newer', 'NEWER_IN_FROM', 'Version 2 in dev was created after 1, which holds the alias there.'],
        ['f-alone', 'MISSING', 'No model of it is in prod.'],
        ['g-alone', 'MISSING', 'No model of it is in dev.'],
        ['h-unheld', 'MISSING', 'Nothing holds "champion" in prod.'],
      ])
      expect(findings[0]).toMatchObject({
        from: { registry: { name: 'dev' } },
        to: { registry: { name: 'prod' } },
      })
      expect(findings[6]).toMatchObject({ from: null, to: { registry: { name: 'prod-2' } } })
    })

    it('is narrowed by a filter', async () => {
      const { drift: findings } = await drift(', where: { name: { endsWith: "alone" }, missingIn: ["prod"] }')
      expect(findings).toMatchObject([{ logicalModel: 'f-alone' }])
    })

    it('is between two environments that there are', async () => {
      for (const [args, field] of [
        ['from: "nowhere", to: "prod"', 'from'],
        ['from: "dev", to: "nowhere"', 'to'],
        ['from: "dev", to: "dev"', 'to'],
        ['from: "dev", to: "prod", where: { missingIn: ["nowhere"] }', 'where'],
      ] as const) {
        const { errors } = await gateway.ask(boss, `{ drift(alias: "champion", ${args}) { kind } }`)
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
      }
    })

    it.each(['INDEXED', 'LIVE'])('compares the first members of two environments, read %s', async (read) => {
      const query = (name: string) => `{ logicalModel(name: "${name}", read: ${read}) {
        compare(alias: "champion", from: "dev", to: "prod") {
          from { version registry { name } } to { version registry { name } } sameArtifact
          metrics { key change from to delta } params { key change from to } tags { key change }
          durationMs { key change from to delta } sizeBytes { key } } } }`
      const { logicalModel } = await gateway.data(boss, query('c-metrics'))
      expect(logicalModel.compare).toEqual({
        from: { version: '1', registry: { name: 'dev' } },
        to: { version: '1', registry: { name: 'prod' } },
        sameArtifact: true,
        metrics: [{ key: 'auc', change: 'CHANGED', from: 0.75, to: 0.5, delta: -0.25 }],
        params: [{ key: 'depth', change: 'CHANGED', from: '3', to: '4' }],
        tags: [{ key: 'team', change: 'SAME' }],
        durationMs: { key: 'durationMs', change: 'CHANGED', from: 60_000, to: 90_000, delta: 30_000 },
        sizeBytes: null,
      })
      const alone = await gateway.data(boss, query('f-alone'))
      expect(alone.logicalModel.compare).toMatchObject({
        from: { version: '1' },
        to: null,
        metrics: null,
        sameArtifact: null,
      })
      const { errors } = await gateway.ask(
        boss,
        '{ logicalModel(name: "same") { compare(alias: "champion", from: "dev", to: "nowhere") { sameArtifact } } }',
      )
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'to' } }])
    })

    it('goes by what a sweep finds, however it came about', async () => {
      const members = async (name: string) => {
        const query = `{ logicalModel(name: "${name}") { members { model { name } } } }`
        return (await gateway.data(boss, query)).logicalModel?.members.length ?? null
      }
      const all = () => Promise.all(['i-nobody', 'i-somebody', 'h-unheld'].map(members))
      const store = createLocalStore(gateway.database, 'prod')
      await store.models.rename('i-nobody', 'i-somebody')
      await store.models.delete('h-unheld')
      // The models themselves are read, and one of each is there no more.
      expect(await all()).toEqual([2, null, 2])
      await gateway.sync()
      expect(await all()).toEqual([1, 1, 1])
    })

    it.each(['INDEXED', 'LIVE'])(
      'has a cell for each member and each environment without one, read %s',
      async (read) => {
        const { logicalModel } = await gateway.data(
          boss,
          `{ logicalModel(name: "same", read: ${read}) { alias(name: "champion", metrics: ["auc", "none"]) { alias cells {
          environment { name } model { registry { name } } version { version } metrics { key value } sameArtifactAsPrevious state } } } }`,
        )
        expect(logicalModel.alias).toEqual({
          alias: 'champion',
          cells: [
            cell('dev', 'dev', { metrics: [{ key: 'auc', value: 0.5 }] }),
            {
              environment: { name: 'staging' },
              model: null,
              version: null,
              metrics: null,
              sameArtifactAsPrevious: null,
              state: 'OK',
            },
            cell('prod', 'prod', { metrics: [{ key: 'auc', value: 0.5 }], sameArtifactAsPrevious: true }),
            cell('prod', 'prod-2', { metrics: [], sameArtifactAsPrevious: false }),
          ],
        })
      },
    )
  })
}

function cell(environment: string, registry: string, more: object) {
  return {
    environment: { name: environment },
    model: { registry: { name: registry } },
    version: { version: '1' },
    sameArtifactAsPrevious: null,
    state: 'OK',
    ...more,
  }
}
