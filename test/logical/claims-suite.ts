import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CompiledRules, type PlacedRule } from '../../src/federation/session/model-rules.ts'
import { LogicalClaims } from '../../src/state/catalog/logical-claims.ts'
import { LogicalReads } from '../../src/state/catalog/logical-reads.ts'
import { type CatalogTables, catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { captureStatements } from '../adapters/local/captured-statements.ts'
import { type DatabaseSource, openFrom } from '../state/database-source.ts'

const models = 2500
const rulesOf = (...rules: Omit<PlacedRule, 'place' | 'registry'>[]) =>
  new Map([
    [
      'dev',
      JSON.stringify({
        environments: ['dev', 'prod'],
        environment: 'dev',
        rules: rules.map((rule, place) => ({ registry: '*', place, ...rule })),
      }),
    ],
  ])
const scopes = [{ registry: 'dev', names: null }]
const nameOf = (number: number) => `team.m${String(number).padStart(5, '0')}`

/** Which model is whose, when rules are exchanged under it. */
export function describeClaims(source: DatabaseSource): void {
  describe(`claims on ${source.name}`, () => {
    let database: GatewayDatabase
    let tables: GatewayDatabase<CatalogTables>
    let registryId = 0
    const gateway = () => new LogicalClaims(database, (rules) => new CompiledRules(JSON.parse(rules)))
    const claimed = async () => {
      const rows = await tables.queries.selectFrom('logical_claim').select(['name', 'matched_by']).execute()
      return {
        count: rows.length,
        byPrefix: rows.filter(({ name }) => name.startsWith('m')).length,
        byTag: rows.filter(({ name }) => name === 'tagged').length,
      }
    }

    beforeAll(async () => {
      database = await openFrom(source)
      tables = catalogTables.in(database)
      const { id } = await tables.queries
        .insertInto('catalog_registry')
        .values({ name: 'dev', touch: 0, timeless: 0, taken: 0, swept_at: 1, checked_at: 1 } as never)
        .returning('id')
        .executeTakeFirstOrThrow()
      registryId = id
      for (let start = 0; start < models; start += 500) {
        const rows = Array.from({ length: 500 }, (_, index) => ({
          registry_id: id,
          name: nameOf(start + index),
          archived: start + index === 7 ? 1 : 0,
          looked_at: 1,
        }))
        await tables.queries
          .insertInto('catalog_model')
          .values(rows as never)
          .execute()
      }
      const { id: tagged } = await tables.queries
        .selectFrom('catalog_model')
        .select('id')
        .where('name', '=', nameOf(3))
        .executeTakeFirstOrThrow()
      await tables.queries
        .insertInto('catalog_model_tag')
        .values({ model_id: tagged, key: 'business-name', value: 'tagged' })
        .execute()
    }, 60_000)
    afterAll(async () => {
      await database?.close()
      await source.dispose()
    })

    const settle = async (claims: LogicalClaims) => {
      let calls = 1
      while (!(await claims.recompute('dev'))) calls++
      return calls
    }

    it('are made of all models that are there, but for archived ones', async () => {
      await gateway().adopt(rulesOf({ name: '{name}' }), true)
      expect([...(await new LogicalReads(database).settled(['dev']))]).toEqual([])
      expect(await settle(gateway())).toBe(3)
      expect(await claimed()).toEqual({ count: models - 1, byPrefix: 0, byTag: 0 })
      expect([...(await new LogicalReads(database).settled(['dev']))]).toEqual(['dev'])
      // Nothing is done twice.
      expect(await settle(gateway())).toBe(1)
    })

    it('are made anew when rules change, by whoever comes, from where another one was killed', async () => {
      const rules = rulesOf({ tag: 'business-name' }, { name: 'team.{name}' })
      const first = gateway()
      await first.adopt(rules, true)
      expect(await first.recompute('dev')).toBe(false)
      expect(await claimed()).toMatchObject({ byPrefix: 998, byTag: 1 })
      // Another gateway with the same rules begins nothing anew, and goes on.
      const second = gateway()
      await second.adopt(rules, true)
      expect(await settle(second)).toBe(2)
      expect(await claimed()).toEqual({ count: models - 1, byPrefix: models - 2, byTag: 1 })
    })

    it('come out the same where two are at it at once', async () => {
      const rules = rulesOf({ name: '{environment}.{name}' }, { name: 'team.{name}' })
      await Promise.all([gateway().adopt(rules, true), gateway().adopt(rules, true)])
      await Promise.all([settle(gateway()), settle(gateway())])
      expect(await claimed()).toEqual({ count: models - 1, byPrefix: models - 1, byTag: 0 })
    })

    it('follow the rules that were adopted last, also through a gateway that began with others', async () => {
      const old = gateway()
      await old.adopt(rulesOf({ name: '{name}' }), true)
      await settle(old)
      await gateway().adopt(rulesOf({ name: 'team.{name}' }), true)
      const [model] = await tables.queries
        .selectFrom('catalog_model')
        .select('id')
        .where('name', '=', nameOf(11))
        .execute()
      const change = {
        goneModels: new Set<number>(),
        goneVersions: new Set<number>(),
        versions: new Set<number>(),
      }
      await old.follow(database.queries as never, {
        ...change,
        registryId,
        models: new Set([model?.id ?? 0]),
      })
      const of = new LogicalReads(database)
      expect(await of.namesOf([{ registry: 'dev', model: nameOf(11) }])).toEqual(['m00011'])
      // A command beside takes them as they are.
      await old.adopt(rulesOf({ name: '{name}' }), false)
      await settle(old)
      expect(await claimed()).toEqual({ count: models - 1, byPrefix: models - 1, byTag: 0 })
      await old.follow(database.queries as never, {
        ...change,
        registryId,
        models: new Set(),
        goneModels: new Set([model?.id ?? 0]),
      })
      expect(await of.namesOf([{ registry: 'dev', model: nameOf(11) }])).toEqual([null])
    })

    it('are found by an index, a page and its members by one statement each', async () => {
      const captured = captureStatements(database)
      const reads = new LogicalReads(captured.database)
      const query = { scopes, name: null, missingIn: [], after: 'm00100', limit: 51 }
      const names = await reads.names(query)
      expect(names).toHaveLength(51)
      expect(await reads.names({ ...query, missingIn: ['dev'] })).toEqual([])
      expect(await reads.names({ ...query, missingIn: ['prod'] })).toEqual(names)
      expect(await reads.claims(scopes, names)).toHaveLength(51)
      const plans = await captured.plans()
      expect(plans).toHaveLength(4)
      if (database.kind === 'sqlite') {
        for (const plan of plans) {
          expect(plan.join('\n')).toContain('logical_claim_name (name')
          expect(plan.join('\n')).not.toContain('TEMP B-TREE')
        }
      }
    })

    it('take no more of a tag than an index can hold', async () => {
      const rules = new CompiledRules(
        JSON.parse([...rulesOf({ tag: 'long' }, { name: '{name}' }).values()][0] ?? ''),
      )
      const claimOf = (value: string) => rules.claimOf('m', [{ key: 'long', value }])?.name
      expect(claimOf('ß'.repeat(500))).toBe('ß'.repeat(500))
      expect(claimOf('ß'.repeat(501))).toBe('m')
      expect(claimOf('')).toBe('m')
    })
  })
}
