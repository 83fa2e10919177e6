import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { RegistrySession } from '../../src/federation/session/registry-session.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { boss, openPermitted, type PermittedGateway } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'

const ladder = ['dev', 'staging', 'prod']
const claimants = 1000
const driftQuery = '{ drift(alias: "champion", from: "dev", to: "prod") { logicalModel kind detail } }'

/** What is said where it is not settled which models belong together, or who holds an alias. */
export function describeUnsettled(source: DatabaseSource): void {
  describe(`what is not settled on ${source.name}`, () => {
    let gateway: PermittedGateway

    beforeAll(async () => {
      gateway = await openPermitted({
        environments: ladder,
        registries: ladder.map((name) => ({ name, adapter: 'local', environment: name })),
        logicalModels: [
          { registry: 'dev', tag: 'team' },
          { registry: '*', name: '{name}' },
        ],
        database: { url: await source.createUrl() },
        auth: {},
      })
      for (const [rank, registry] of ladder.entries()) {
        const store = createLocalStore(gateway.database, registry)
        await store.models.create({ name: 'churn' })
        await store.runs.log({ runId: registry, metrics: [{ key: 'auc', value: rank }] })
        await store.versions.create({ model: 'churn', source: 's3://bucket/same', runId: registry })
        await store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
      }
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    const drift = async () => (await gateway.data(boss, driftQuery)).drift
    const deltas = async (read: string) => {
      const { aliasReport, logicalModel } = await gateway.data(
        boss,
        `{ aliasReport(alias: "champion", metric: "auc", where: { name: { eq: "churn" } }, read: ${read}) {
            rows { environment metricDelta } }
          logicalModel(name: "churn", read: ${read}) {
            alias(name: "champion") { cells { state sameArtifactAsPrevious } } } }`,
      )
      return [
        aliasReport.rows.at(-1)?.metricDelta,
        logicalModel.alias.cells[1].state,
        logicalModel.alias.cells[2].sameArtifactAsPrevious,
      ]
    }

    it('says of registries that were never read that nothing is known, and compares with none beyond them', async () => {
      const unread = (registry: string) => ({
        logicalModel: '',
        kind: 'UNKNOWN',
        detail: `"${registry}" may hold models in ${registry}, and is not wholly in the catalog yet.`,
      })
      expect(await drift()).toEqual([unread('dev'), unread('prod')])
      await gateway.sync('dev')
      expect(await drift()).toEqual([
        unread('prod'),
        {
          logicalModel: 'churn',
          kind: 'UNKNOWN',
          detail: '"prod" may hold it in prod, and is not wholly in the catalog yet.',
        },
      ])
      await gateway.sync('prod')
      expect((await drift()).map(({ kind }: { kind: string }) => kind)).toEqual(['METRICS_DIFFER'])
      expect(await deltas('INDEXED')).toEqual([null, 'SKIPPED', null])
      await gateway.sync('staging')
      expect(await deltas('INDEXED')).toEqual([1, 'OK', true])
    })

    it('says so too while the rules are being asked about the models', async () => {
      const { queries } = catalogTables.in(gateway.database)
      const isDone = (done: 0 | 1) =>
        queries.updateTable('logical_registry').set({ done }).where('registry', '=', 'prod').execute()
      await isDone(0)
      expect((await drift())[0]).toMatchObject({ logicalModel: '', kind: 'UNKNOWN' })
      await isDone(1)
      expect((await drift())[0]).toMatchObject({ logicalModel: 'churn', kind: 'METRICS_DIFFER' })
    })

    it('compares with no environment below one that cannot be read', async () => {
      const { holderOfAlias } = RegistrySession.prototype
      const down = vi.spyOn(RegistrySession.prototype, 'holderOfAlias')
      down.mockImplementation(async function (this: RegistrySession, key) {
        if (this.name !== 'staging') return holderOfAlias.call(this, key)
        throw new RegistryFailure('staging', new RegistryError('REGISTRY_UNAVAILABLE', 'It is down.'))
      })
      expect(await deltas('LIVE')).toEqual([null, 'ERROR', null])
      down.mockRestore()
      expect(await deltas('LIVE')).toEqual([1, 'OK', true])
    })

    it('keeps answers small where very many models claim one name, and says that nothing is known of it', async () => {
      const store = createLocalStore(gateway.database, 'dev')
      for (let number = 0; number < claimants; number++)
        await store.models.create({
          name: `m${String(number).padStart(3, '0')}`,
          tags: [{ key: 'team', value: 'risk' }],
        })
      await gateway.sync('dev')
      const { logicalModel } = await gateway.data(
        boss,
        '{ logicalModel(name: "risk") { members { model { name } } conflicts { model { name } rules message } } }',
      )
      expect(logicalModel.members).toEqual([])
      expect(logicalModel.conflicts).toHaveLength(100)
      expect(logicalModel.conflicts[1]).toEqual({
        model: { name: 'm001' },
        rules: ['logicalModels[0] { registry: dev, tag: team }'],
        message:
          'In "dev", "m000", "m002", "m003", "m004", "m005" and 994 more claim the same name in the environment "dev"; rename one, or change the rules.',
      })
      expect((await drift()).at(-1)).toEqual({
        logicalModel: 'risk',
        kind: 'UNKNOWN',
        detail:
          'Several models claim the name in dev: "dev/m000", "dev/m001", "dev/m002", "dev/m003", "dev/m004" and 995 more.',
      })
      const { logicalModels } = await gateway.data(
        boss,
        '{ logicalModels(where: { missingIn: ["dev"] }) { totalCount } }',
      )
      expect(logicalModels.totalCount).toBe(0)
    }, 60_000)
  })
}
