import { sql } from 'kysely'
import { afterAll, expect, inject, test, vi } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { foldCaseFunction } from '../../src/state/postgres-fold-case.ts'
import { createPostgresSource, silent } from './database-source.ts'
import { describeFoldCase } from './fold-case-suite.ts'

const serverUrl = inject('postgresUrl')
describeFoldCase(createPostgresSource(serverUrl))

const source = createPostgresSource(serverUrl)
afterAll(() => source.dispose())

test('a database in which nothing can be made is used without the function, and it is logged', async () => {
  const url = await source.createUrl()
  const first = await openGatewayDatabase(url, { log: silent })
  await sql.raw(`drop function ${foldCaseFunction}(text)`).execute(first.queries)
  await first.close()

  const readOnly = new URL(url)
  readOnly.searchParams.set('options', '-c default_transaction_read_only=on')
  const warn = vi.fn()
  const database = await openGatewayDatabase(readOnly.href, { log: { ...silent, warn } })
  expect(database.functions.foldCase).toBeNull()
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.anything(), expect.stringContaining(foldCaseFunction))
  await database.close()

  const again = await openGatewayDatabase(url, { log: silent })
  expect(again.functions.foldCase).not.toBeNull()
  await again.close()
})
