import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { findDatabaseProblem } from '../../src/state/open-database.ts'
import { settingTables } from '../../src/state/settings/tables.ts'
import { createPostgresSource, silent } from './database-source.ts'
import { describeDatabase } from './database-suite.ts'

const serverUrl = inject('postgresUrl')

describeDatabase(createPostgresSource(serverUrl))

describe('a PostgreSQL server', () => {
  const source = createPostgresSource(serverUrl)
  afterAll(() => source.dispose())

  test('is set up by several replicas at once', async () => {
    const url = await source.createUrl()
    const databases = await Promise.all(
      Array.from({ length: 4 }, () => openGatewayDatabase(url, { log: silent })),
    )
    const names = await Promise.all(
      databases.map((database) =>
        settingTables.in(database).queries.selectFrom('setting').select('key').execute(),
      ),
    )
    expect(names).toEqual([[], [], [], []])
    for (const database of databases) await database.close()
  })

  test('that refuses the password is named without it', async () => {
    const url = Object.assign(new URL(serverUrl), { password: 'wr0ng-s3cret' }).href
    const error = await openGatewayDatabase(url, { log: silent }).catch((thrown: unknown) => thrown)
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/cannot be used: password authentication failed.*database\.url/),
    )
    expect(String(error)).not.toContain('wr0ng-s3cret')
  })

  test('whose database is not UTF8 is refused, and changed in nothing', async () => {
    const url = await source.createUrl({ encoding: 'SQL_ASCII' })
    const problem = /\/state_\w+ cannot be used: its encoding is SQL_ASCII and has to be UTF8 .*database\.url/
    await expect(openGatewayDatabase(url, { log: silent })).rejects.toThrow(problem)
    expect(await findDatabaseProblem(url, { log: silent })).toMatch(problem)
    expect(await findDatabaseProblem(await source.createUrl(), { log: silent })).toBeNull()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`)
    await client.end()
    expect(rows).toEqual([])
  })

  test('without the database is named', async () => {
    const url = Object.assign(new URL(serverUrl), { pathname: '/nowhere' }).href
    await expect(openGatewayDatabase(url, { log: silent })).rejects.toThrow(
      /\/nowhere cannot be used: database "nowhere" does not exist/,
    )
  })
})
