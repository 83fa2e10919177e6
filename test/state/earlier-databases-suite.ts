import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { localTables } from '../../src/adapters/local/store/tables.ts'
import type { RunReads } from '../../src/contract/index.ts'
import { openGatewayDatabase, tableRooms } from '../../src/gateway/open-database.ts'
import { ApiTokens } from '../../src/state/api-tokens/api-tokens.ts'
import { CatalogReads } from '../../src/state/catalog/catalog-reads.ts'
import { CatalogStore } from '../../src/state/catalog/catalog-store.ts'
import { CleanUps } from '../../src/state/clean-ups/clean-ups.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { WriteJournal } from '../../src/state/journal/write-journal.ts'
import { openDatabase } from '../../src/state/open-database.ts'
import { PermissionGrants } from '../../src/state/permissions/permission-grants.ts'
import { getSetting } from '../../src/state/settings/setting.ts'
import { SignIns } from '../../src/state/sign-ins/sign-ins.ts'
import { VersionNotes } from '../../src/state/version-notes/version-notes.ts'
import { IdempotencyRecords } from '../../src/state/write-coordination/idempotency-records.ts'
import type { RegistryState } from '../../src/stores/registry-state.ts'
import { newCall } from '../adapters/counted-call.ts'
import { openRegistry } from '../adapters/local/open-registry.ts'
import { type DatabaseSource, silent } from './database-source.ts'

/** What each release since has added, in the order in which databases have it, and rows as that release wrote them. */
const rowsOf: Readonly<Record<string, readonly string[]>> = {
  '0001-setting': [`insert into setting (key, value) values ('cursor-key', 'kept')`],
  '0002-local-registry': [
    `insert into local_model (id, registry, name, description, last_version, created_at, updated_at)
      values ('id', 'registry', 'model', 'Kept.', 1, 1, 2)`,
    `insert into local_model_tag (model_id, key, value) values ('id', 'team', 'growth')`,
    `insert into local_version (model_id, number, stage, status, run_id, created_at, updated_at)
      values ('id', 1, 'Staging', 'READY', 'run', 1, 2)`,
    `insert into local_version_tag (model_id, number, key, value) values ('id', 1, 'k', 'v')`,
    `insert into local_alias (model_id, name, number) values ('id', 'champion', 1)`,
    `insert into local_run (registry, run_id, name, status, started_at, ended_at)
      values ('registry', 'run', 'nightly', 'FINISHED', 1, 2)`,
    `insert into local_run_metric (registry, run_id, key, value, step) values ('registry', 'run', 'auc', 0.5, 1)`,
    `insert into local_run_param (registry, run_id, key, value) values ('registry', 'run', 'depth', '3')`,
  ],
  '0003-local-idempotency': [
    `insert into local_idempotency (registry, kind, key_digest, made, created_at)
      values ('registry', 'version', 'digest', '1', 8640000000000000)`,
  ],
  '0004-write-coordination': [
    `insert into lease (name, holder, expires_at) values ('left', 'behind', 0)`,
    `insert into idempotent_write (caller, key, digest, memo, answer, created_at)
      values ('alice', 'k', 'd', null, '1', 8640000000000000)`,
  ],
  '0005-local-wishes': [],
  '0006-clean-up': [
    `insert into clean_up (id, kind, registry, model, details, noted_at, due_at, tries, problem)
      values ('c', 'model', 'registry', 'm', '{}', 1, null, 1, 'left')`,
  ],
  '0007-local-run-origin': [`update local_run set origin = 'models://dev/m/1'`],
  '0008-version-note': [
    `insert into version_note (id, registry, model, version, source, notes, noted_at)
      values ('n', 'registry', 'm', '1', 's', '[]', 1)`,
  ],
  '0009-write-journal': [
    `insert into write_intent (id, intent, settle_at) values ('w', '{"id":"w","operation":"setAlias"}', 0)`,
  ],
  '0010-permission': [
    `insert into permission_grant (id, registry, model, principal, permission, place, revision, changed_at)
      values ('p', 'dev', 'm', 'user:ann', 'EDIT', 'd', 1, 1)`,
    `update permission_revision set revision = 1`,
  ],
  '0011-local-places': [],
  '0012-api-token': [
    `insert into api_token (name, digest, groups, created_at, expires_at) values ('ci', 'd', '["group:a"]', 1, null)`,
  ],
  '0013-sign-in': [
    `insert into sign_in (digest, principal, groups, expires_at) values ('s', 'user:ann', '[]', 8640000000000000)`,
  ],
  '0014-catalog': [
    `insert into catalog_registry (name, touch, timeless, taken, swept_at, checked_at) values ('dev', 3, 0, 2, 5, 6)`,
    `insert into catalog_model (registry_id, name, archived, created_at, updated_at, looked_at)
      select id, 'm', 0, 1, 2, 5 from catalog_registry`,
    `insert into catalog_alias (model_id, name, version) select id, 'champion', '1' from catalog_model`,
    `insert into catalog_version (registry_id, model_id, version, place, archived, status, size_bytes, looked_at)
      select registry_id, id, '1', 'a00011 ~', 0, 'READY', 7, 5 from catalog_model`,
  ],
  '0015-event-log': [
    `insert into event_log_end (id, last, cut) values (1, 1, 0)`,
    `insert into event_log (seq, kind, at, certainty, registry, model) values (1, 'MODEL_CREATED', 1, 'RECORDED', 'dev', 'm')`,
  ],
  '0016-local-change': [
    `insert into local_feed (registry, last) values ('registry', 4)`,
    `insert into local_change (registry, model, number) values ('registry', 'model', 4)`,
  ],
  '0017-search': [`update search_backlog set models_after = 1`],
  '0018-logical-model': [
    `insert into logical_registry (registry, rules, place, done) values ('dev', '{}', 0, 0)`,
    `insert into logical_claim (model_id, registry_id, name, environment, matched_by)
      select id, registry_id, 'm', 'dev', 'rule' from catalog_model`,
  ],
  '0019-copies-and-sizes': [
    `update catalog_version set copied_from = 'k', total_bytes = size_bytes, files_looked_at = 5`,
  ],
  '0021-unclear-models': [],
  '0021-write-notes': [],
}
const names = Object.keys(rowsOf)

/** Of a database that can be opened more than once. */
export function describeEarlierDatabases(source: DatabaseSource): void {
  describe(`earlier databases on ${source.name}`, () => {
    let newTables: Promise<unknown>
    beforeAll(() => {
      newTables = source.createUrl().then(async (url) => {
        const database = await openGatewayDatabase(url, { log: silent })
        const tables = await tablesOf(database)
        await database.close()
        return tables
      })
    })
    const opened: GatewayDatabase[] = []
    const note = (database: GatewayDatabase) => {
      opened.push(database)
      return database
    }
    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close()
    })
    afterAll(() => source.dispose())

    test('have what the rooms bring, under the names it was released by', async () => {
      const { queries } = note(await openGatewayDatabase(await source.createUrl(), { log: silent }))
      const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(queries)
      expect(rows.map(({ name }) => name)).toEqual(names)
    })

    test.each(names)('that end with %s open and go on', async (last) => {
      const released = names.slice(0, names.indexOf(last) + 1)
      const url = await source.createUrl()
      await makeEarlier(url, released)
      const database = note(await openGatewayDatabase(url, { log: silent }))
      expect(await tablesOf(database)).toEqual(await newTables)

      expect(await getSetting(database, 'cursor-key')).toBe('kept')
      if (released.includes('0002-local-registry')) await expectRegistry(database)
      if (released.includes('0003-local-idempotency')) {
        const { queries } = localTables.in(database)
        const kept = await queries.selectFrom('local_idempotency').select(['key_digest', 'wish']).execute()
        expect(kept).toContainEqual({ key_digest: 'digest', wish: null })
      }
      if (released.includes('0004-write-coordination')) {
        const found = await new IdempotencyRecords(database).find({ caller: 'alice', key: 'k' })
        expect(found).toEqual({ digest: 'd', memo: null, answer: '1' })
      }
      if (released.includes('0006-clean-up')) {
        expect(await new CleanUps(database).list()).toMatchObject([{ id: 'c', problem: 'left' }])
      }
      if (released.includes('0008-version-note')) {
        const found = await new VersionNotes(database).find('registry', [{ model: 'm', version: '1' }])
        expect(found).toMatchObject([{ id: 'n', source: 's' }])
      }
      if (released.includes('0009-write-journal')) {
        const found = await new WriteJournal(database, { log: silent }).claim(1000)
        expect(found).toEqual({ id: 'w', operation: 'setAlias' })
      }
      if (released.includes('0010-permission')) {
        const kept = { registry: 'dev', model: 'm', principal: 'user:ann', permission: 'EDIT' }
        const found = await new PermissionGrants(database).changes(null)
        expect(found).toEqual({ revision: 1, isAll: true, changes: [kept] })
      }
      if (released.includes('0012-api-token')) {
        const found = (await new ApiTokens(database).findAll(['d']))[0]
        expect(found).toMatchObject({ name: 'ci', groups: ['group:a'], expiresAt: null })
      }
      if (released.includes('0013-sign-in')) {
        expect((await new SignIns(database).findAll(['s']))[0]).toMatchObject({ principal: 'user:ann' })
      }
      if (released.includes('0014-catalog')) await expectCatalog(database)
      if (released.includes('0016-local-change')) {
        const { adapter } = await openRegistry(database, 'registry')
        expect((await adapter.changes?.since('3', newCall()))?.models).toContain('model')
      }
    })
  })
}

async function expectCatalog(database: GatewayDatabase): Promise<void> {
  const store = new CatalogStore(database, {
    followers: [],
    isOwnTag: () => false,
    readOrigin: () => ({ copiedFrom: null, sizeBytes: null }),
    underWay: async () => [],
    leaveBehind: async () => {},
    backlog: { open: async () => {}, takeSome: async () => null },
  })
  const state = (await store.states()).get('dev')
  expect(state).toMatchObject({ sweptAt: 5, checkedAt: 6, sweep: null })
  const reads = new CatalogReads(database)
  const [version] = await reads.versions(state as RegistryState, [{ model: 'm', version: '1' }])
  expect(version).toMatchObject({ sizeBytes: 7 })
  const found = await reads.models(state as RegistryState, ['m'])
  expect(found).toMatchObject([{ name: 'm', aliases: [{ name: 'champion', version: '1' }] }])
}

/** These complete the rows of before, which later releases write in another form. */
const completing = ['0011-local-places']

/** As the releases made it, of which the last knew these migrations and no others. */
async function makeEarlier(url: string, released: readonly string[]): Promise<void> {
  const ends = [...completing.map((name) => released.indexOf(name)).filter((at) => at > 0), released.length]
  let start = 0
  for (const end of ends) {
    const known = released.slice(0, end)
    const rooms = tableRooms.map(({ migrations }) => ({
      migrations: Object.fromEntries(Object.entries(migrations).filter(([name]) => known.includes(name))),
    }))
    const database = await openDatabase(url, { log: silent, rooms })
    for (const statement of known.slice(start).flatMap((name) => rowsOf[name] ?? [])) {
      await sql.raw(statement).execute(database.queries)
    }
    await database.close()
    start = end
  }
}

async function expectRegistry(database: GatewayDatabase): Promise<void> {
  const { adapter, store } = await openRegistry(database)
  const [model] = await adapter.models.get(['model'], newCall())
  expect(model).toMatchObject({ description: 'Kept.', tags: [{ key: 'team', value: 'growth' }] })
  const [version] = await adapter.versions.get([{ model: 'model', version: '1' }], newCall())
  expect(version).toMatchObject({ stage: 'Staging', aliases: ['champion'], tags: [{ key: 'k', value: 'v' }] })
  const [run] = await (adapter.runs as RunReads).get(['run'], newCall())
  expect(run).toMatchObject({ name: 'nightly', metrics: [{ value: 0.5 }], params: [{ value: '3' }] })
  const found = await adapter.versions.list(
    {
      filter: {
        kind: 'and',
        filters: [
          { kind: 'tag', key: 'k', tests: [{ operator: 'eq', value: 'v', ignoreCase: false }] },
          {
            kind: 'text',
            field: 'model',
            tests: [{ operator: 'startsWith', value: 'mod', ignoreCase: true }],
          },
        ],
      },
      order: [{ field: 'createdAt', direction: 'desc' }],
      includeArchived: true,
      limit: 5,
      after: null,
      continuation: null,
    },
    newCall(),
  )
  expect(found.items).toMatchObject([{ modelName: 'model', version: '1' }])
  expect(await store.versions.create({ model: 'model', idempotencyKey: 'new' })).toBe('2')
}

async function tablesOf({ queries }: GatewayDatabase) {
  const tables = await queries.introspection.getTables()
  return tables
    .map(({ name, columns }) => ({ name, columns: columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
