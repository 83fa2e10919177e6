import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { loadConfig } from '../../src/config/index.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { aliasMatrix } from '../../src/federation/compare/alias-matrix.ts'
import { findDrift } from '../../src/federation/compare/drift.ts'
import { listLogicalModels } from '../../src/federation/list/list-logical-models.ts'
import { logicalModelOf } from '../../src/federation/logical/logical-models.ts'
import { loadMembers } from '../../src/federation/logical/members.ts'
import { Session } from '../../src/federation/session/session.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openFederation } from '../../src/gateway/open-federation.ts'
import { insertRows } from '../../src/state/catalog/insert-rows.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { captureStatements } from '../adapters/local/captured-statements.ts'
import { type DatabaseSource, openFrom, silent } from '../state/database-source.ts'

const config = `environments: [dev, prod]
registries:
  - { name: dev, adapter: local, environment: dev }
  - { name: prod, adapter: local, environment: prod }
`
const all = { name: null, missingIn: [] }
const some = { name: [{ operator: 'startsWith', value: 'm', ignoreCase: false }] as const, missingIn: [] }

/** However many models there are, they are read by as many statements. */
export function describeStatements(source: DatabaseSource): void {
  describe(`statements for logical models on ${source.name}`, () => {
    let database: GatewayDatabase
    let captured: ReturnType<typeof captureStatements>
    let opened: Awaited<ReturnType<typeof openFederation>>

    beforeAll(async () => {
      database = await openFrom(source)
      for (const registry of ['dev', 'prod']) {
        const store = createLocalStore(database, registry)
        for (let number = 0; number < 40; number++) {
          const name = `m${String(number).padStart(2, '0')}`
          await store.models.create({ name })
          await store.runs.log({ runId: `${registry}-${name}`, metrics: [{ key: 'auc', value: number }] })
          await store.versions.create({
            model: name,
            source: `s3://b/${registry}`,
            runId: `${registry}-${name}`,
          })
          await store.aliases.set({ model: name, alias: 'champion' }, '1')
        }
      }
      captured = captureStatements(database)
      const file = join(mkdtempSync(join(tmpdir(), 'modelgate-statements-')), 'modelgate.yaml')
      writeFileSync(file, config)
      const loaded = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
      opened = await openFederation(loaded, captured.database, silent)
      await opened.upkeep.adoptIfNone()
      for (const [name, settings] of opened.catalog.settings) {
        const wish = { fullSince: Date.now(), waitMs: 10_000, signal: new AbortController().signal }
        expect(await syncOnce(opened, name, settings, wish)).toMatchObject({ kind: 'swept' })
      }
      await opened.upkeep.settle()
    }, 60_000)
    afterAll(async () => {
      await opened?.federation.close()
      await database?.close()
      await source.dispose()
    })

    async function statements(work: (session: Session) => Promise<unknown>): Promise<number> {
      const session = new Session(opened.federation, {
        deadlineMs: null,
        signal: new AbortController().signal,
        caller: null,
      })
      await captured.plans()
      await work(session)
      const { upstreamRequests } = session.cost()
      expect(Object.values(upstreamRequests).every((requests) => requests === 0)).toBe(true)
      session.end()
      return (await captured.plans()).length
    }

    const page = (session: Session, first: number) =>
      listLogicalModels(session, { where: all, first, after: null, read: 'INDEXED' })

    it('are two for a page with its members, and few for what is known of the registries', async () => {
      const read = (first: number) => statements((session) => page(session, first))
      const counts = [await read(2), await read(30)]
      expect(counts[1]).toBe(counts[0])
      // Names, claims, which registries are settled, and three for how far they are known.
      expect(counts[0]).toBeLessThanOrEqual(6)
      const members = (first: number) =>
        statements(async (session) => {
          const { nodes } = await page(session, first)
          expect(nodes).toHaveLength(first)
          await Promise.all(nodes.map((logical) => loadMembers(session, logical)))
        })
      expect(await members(30)).toBe(await members(2))
      expect(await members(30)).toBeLessThanOrEqual(8)
    })

    it('are as many for the holders of thirty models as for those of two', async () => {
      const matrices = (first: number) =>
        statements(async (session) => {
          const { nodes } = await page(session, first)
          const found = await Promise.all(
            nodes.map((logical) => aliasMatrix(session, logical, 'champion', [])),
          )
          expect(found.every(({ cells }) => cells.every(({ version }) => version !== null))).toBe(true)
        })
      expect(await matrices(30)).toBe(await matrices(2))
    })

    it('are as many for what thirty models belong to as for what two do', async () => {
      const belongings = (first: number) =>
        statements(async (session) => {
          const { nodes } = await page(session, first)
          const members = (await Promise.all(nodes.map((logical) => loadMembers(session, logical)))).flat()
          await Promise.all(members.map(({ record }) => logicalModelOf(session, record)))
        })
      expect(await belongings(30)).toBe(await belongings(2))
    })

    it('are few for drift over all of them, and it ends above 5000 findings', async () => {
      const given = { alias: 'champion', from: 'dev', to: 'prod', read: 'INDEXED' } as const
      let findings = 0
      const few = await statements(async (session) => {
        findings = (await findDrift(session, { ...given, where: some })).length
      })
      expect(findings).toBe(40)
      expect(few).toBeLessThanOrEqual(20)
      await addModels(database, 5001)
      const over = await statements(async (session) => {
        await expect(findDrift(session, { ...given, where: all })).rejects.toMatchObject({
          code: 'LIMIT_EXCEEDED',
        })
        expect(await findDrift(session, { ...given, where: some })).toHaveLength(40)
      })
      expect(over).toBeLessThanOrEqual(150)
    }, 60_000)
  })
}

/** Of dev alone, as if they had been synced. */
async function addModels(database: GatewayDatabase, count: number): Promise<void> {
  const tables = catalogTables.in(database)
  const { id } = await tables.queries
    .selectFrom('catalog_registry')
    .select('id')
    .where('name', '=', 'dev')
    .executeTakeFirstOrThrow()
  const numbers = Array.from({ length: count }, (_, number) => 1_000_000 + number)
  const queries = database.queries as never
  await insertRows(
    { kind: database.kind, queries },
    'catalog_model',
    ['id', 'registry_id', 'name', 'archived', 'looked_at'],
    numbers.map((number) => [number, id, `x${number}`, 0, 1]),
  )
  await insertRows(
    { kind: database.kind, queries },
    'logical_claim',
    ['model_id', 'registry_id', 'name', 'environment', 'matched_by'],
    numbers.map((number) => [number, id, `x${number}`, 'dev', 'rule']),
  )
}
