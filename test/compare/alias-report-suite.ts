import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { RegistrySession } from '../../src/federation/session/registry-session.ts'
import { boss, openPermitted, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'
import { countStatements } from './count-statements.ts'
import { fillCatalog } from './fill-catalog.ts'

const ladder = ['dev', 'staging', 'prod']
const reader: Who = { principal: 'user:reader', default: 'NO_PERMISSIONS' }

const reportQuery = `query ($alias: String = "champion", $metric: String = "auc", $environments: [String!],
    $where: LogicalModelFilter, $first: Int, $after: String, $read: ReadMode) {
  aliasReport(alias: $alias, metric: $metric, environments: $environments, where: $where, first: $first, after: $after,
      read: $read) {
    rows { logicalModel registry environment model version stage metric metricDelta assignedAt updatedAt }
    pageInfo { endCursor hasNextPage } complete sources { registry { name } state } } }`

interface Row {
  readonly logicalModel: string
  readonly environment: string
  readonly version: string | null
  readonly metric: number | null
  readonly metricDelta: number | null
  readonly assignedAt: string | null
  readonly updatedAt: string | null
}

const inShort = ({ logicalModel, environment, version, metric, metricDelta }: Row) =>
  [logicalModel, environment, version, metric, metricDelta] as const

async function open(source: DatabaseSource): Promise<PermittedGateway> {
  return openPermitted({
    environments: ladder,
    registries: ladder.map((name) => ({ name, adapter: 'local', environment: name })),
    logicalModels: [{ registry: '*', name: '{name}' }],
    database: { url: await source.createUrl() },
    auth: {},
  })
}

export function describeAliasReport(source: DatabaseSource): void {
  describe(`aliasReport on ${source.name}`, () => {
    let gateway: PermittedGateway

    beforeAll(async () => {
      gateway = await open(source)
      await seed('dev', 'churn', [0.5, 0.75])
      await seed('staging', 'churn', [])
      await seed('prod', 'churn', [0.5])
      await seed('dev', 'fraud', [0.9])
      await seed('prod', 'hidden', [Number.NaN])
      await gateway.sync()
      const input = { model: { key: { registry: 'dev', name: 'churn' } }, alias: 'champion', version: '2' }
      await gateway.data(
        boss,
        'mutation ($input: SetAliasInput!) { setAlias(input: $input) { alias { name } } }',
        { input },
      )
      for (const model of ['churn', 'fraud'])
        await gateway.permissions.set({
          registry: '*',
          model,
          principal: reader.principal,
          permission: 'READ',
        })
    }, 120_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    /** With a version for each value; the first of them holds the alias. */
    async function seed(registry: string, model: string, values: readonly number[]): Promise<void> {
      const store = createLocalStore(gateway.database, registry)
      await store.models.create({ name: model, description: null, tags: [] })
      for (const [index, value] of values.entries()) {
        const runId = `run-of-${model}-${index}`
        await store.runs.log({ runId, metrics: [{ key: 'auc', value }] })
        await store.versions.create({ model, description: null, tags: [], source: 's3://bucket/m', runId })
      }
      if (values.length > 0) await store.aliases.set({ model, alias: 'champion' }, '1')
    }

    const report = async (who: Who, variables: object = {}) =>
      (await gateway.data(who, reportQuery, variables)).aliasReport

    it('has a row for each cell, with the difference to the next lower environment that has a holder', async () => {
      for (const read of ['INDEXED', 'LIVE']) {
        const { rows, complete, pageInfo } = await report(boss, { read })
        expect(rows.map(inShort)).toEqual([
          ['churn', 'dev', '2', 0.75, null],
          ['churn', 'staging', null, null, null],
          ['churn', 'prod', '1', 0.5, -0.25],
          ['fraud', 'dev', '1', 0.9, null],
          ['fraud', 'staging', null, null, null],
          ['fraud', 'prod', null, null, null],
          ['hidden', 'dev', null, null, null],
          ['hidden', 'staging', null, null, null],
          ['hidden', 'prod', '1', null, null],
        ])
        expect([complete, pageInfo.hasNextPage]).toEqual([true, false])
        expect(rows[0]).toMatchObject({
          registry: 'dev',
          model: 'churn',
          stage: 'None',
          updatedAt: expect.any(String),
        })
        expect(rows[1]).toMatchObject({ registry: 'staging', model: 'churn', stage: null, updatedAt: null })
        expect(rows[4]).toMatchObject({ registry: null, model: null })
        // The gateway has seen one of them.
        expect(rows.map(({ assignedAt }: Row) => assignedAt !== null)).toEqual([
          true,
          ...Array(8).fill(false),
        ])
      }
    })

    it('takes environments, names, what is missing, no metric, and pages', async () => {
      const shown = async (variables: object): Promise<ReturnType<typeof inShort>[]> =>
        (await report(boss, variables)).rows.map(inShort)
      expect(await shown({ environments: ['prod'], where: { name: { in: ['churn', 'fraud'] } } })).toEqual([
        ['churn', 'prod', '1', 0.5, -0.25],
        ['fraud', 'prod', null, null, null],
      ])
      expect((await shown({ where: { missingIn: ['prod'] } })).map(([name]) => name)).toEqual(
        Array(3).fill('fraud'),
      )
      expect((await shown({ metric: null })).map(([, , , metric]) => metric)).toEqual(Array(9).fill(null))
      expect((await shown({ alias: 'nobody' })).map(([, , version]) => version)).toEqual(Array(9).fill(null))
      const names: string[] = []
      let after: string | null = null
      do {
        const page: { rows: Row[]; pageInfo: { endCursor: string; hasNextPage: boolean } } = await report(
          boss,
          { first: 1, after },
        )
        names.push(...page.rows.map(({ logicalModel }) => logicalModel))
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      } while (after !== null)
      expect(names).toEqual(['churn', 'fraud', 'hidden'].flatMap((name) => [name, name, name]))
    })

    it('tells nothing of what one may not see', async () => {
      const { rows, complete } = await report(reader)
      expect(new Set(rows.map(({ logicalModel }: Row) => logicalModel))).toEqual(new Set(['churn', 'fraud']))
      expect(complete).toBe(true)
    })

    it('has its rows where a registry does not answer, and says so', async () => {
      const { holderOfAlias } = RegistrySession.prototype
      const down = vi.spyOn(RegistrySession.prototype, 'holderOfAlias')
      down.mockImplementation(async function (this: RegistrySession, key) {
        if (this.name !== 'prod') return holderOfAlias.call(this, key)
        throw new RegistryFailure('prod', new RegistryError('REGISTRY_UNAVAILABLE', 'It is down.'))
      })
      const { rows, complete, sources } = await report(boss, {
        read: 'LIVE',
        where: { name: { eq: 'churn' } },
      })
      down.mockRestore()
      expect(rows.map(inShort)).toEqual([
        ['churn', 'dev', '2', 0.75, null],
        ['churn', 'staging', null, null, null],
        ['churn', 'prod', null, null, null],
      ])
      expect(complete).toBe(false)
      expect(sources.map(({ state }: { state: string }) => state)).toEqual(['OK', 'OK', 'ERROR'])
    })

    it('takes cursors of the same report only', async () => {
      const { endCursor: after } = (await report(boss, { first: 1, environments: ['dev', 'prod'] })).pageInfo
      const { rows } = await report(boss, { first: 2, after, environments: ['prod', 'dev', 'dev'] })
      expect(new Set(rows.map(({ logicalModel }: Row) => logicalModel))).toEqual(new Set(['fraud', 'hidden']))
      const { logicalModels } = await gateway.data(
        boss,
        '{ logicalModels(first: 1) { pageInfo { endCursor } } }',
      )
      for (const variables of [
        { after, environments: ['dev'] },
        { after },
        { after: logicalModels.pageInfo.endCursor },
      ]) {
        const { errors } = await gateway.ask(boss, reportQuery, variables)
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }])
      }
    })

    it('refuses what makes no sense', async () => {
      for (const [variables, field] of [
        [{ first: 0 }, 'first'],
        [{ first: 5001 }, 'first'],
        [{ environments: ['moon'] }, 'environments'],
        [{ where: { missingIn: ['moon'] } }, 'where'],
        [{ after: 'nonsense' }, 'after'],
      ] as const) {
        const { data, errors } = await gateway.ask(boss, reportQuery, variables)
        expect(data).toEqual({ aliasReport: null })
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
      }
    })
  })

  describe(`aliasReport of a thousand logical models on ${source.name}`, () => {
    it('takes some statements, and not one for each', async () => {
      const gateway = await open(source)
      await gateway.sync()
      const names = Array.from({ length: 1000 }, (_, index) => `model-${String(index).padStart(4, '0')}`)
      for (const [rank, registry] of ladder.entries()) {
        // Some are not everywhere.
        const own = names.filter((_, index) => index % 5 !== rank)
        await fillCatalog(
          gateway.catalog,
          registry,
          own.map((name) => ({ name, auc: rank + 0.5 })),
        )
      }
      const ask = async (first: number) => (await gateway.data(boss, reportQuery, { first })).aliasReport
      await ask(10)
      const few = await countStatements(gateway.database, () => ask(100))
      const many = await countStatements(gateway.database, () => ask(1000))
      expect(few).toBeGreaterThan(0)
      expect(many).toBeLessThanOrEqual(few + 60)
      const startedAt = performance.now()
      const { rows, complete } = await ask(1000)
      const ms = performance.now() - startedAt
      console.info(
        `aliasReport of 1000 on ${source.name}: ${Math.round(ms)} ms, ${many} statements (of 100: ${few})`,
      )
      expect(ms).toBeLessThan(5000)
      expect([rows.length, complete]).toEqual([3000, true])
      expect(rows.filter(({ metric }: Row) => metric !== null)).toHaveLength(2400)
      expect(rows.find(({ metricDelta }: Row) => metricDelta !== null)).toMatchObject({ metricDelta: 1 })
      await gateway.close()
    }, 120_000)
  })
}
