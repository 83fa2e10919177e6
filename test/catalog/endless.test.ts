import { afterAll, expect, it } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { startHostileRegistry } from '../environment/hostile-registry.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { createFileSource, silent } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

const gatewayOver = (url: string, database: string) =>
  openGateway({
    environments: ['dev'],
    registries: [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, serverVersion: '3.17.2' }],
    database: { url: database },
    catalog: { syncEvery: '1d' },
  })

const stateIn = (database: GatewayDatabase) =>
  catalogTables
    .in(database)
    .queries.selectFrom('catalog_registry')
    .select(['problem', 'taken', 'phase', 'swept_at'])
    .executeTakeFirst()

it('a sweep ends where a registry has ever more rows', async () => {
  const hostile = await startHostileRegistry('pages')
  const url = await source.createUrl()
  const database = await openGatewayDatabase(url, { log: silent })
  // As one that has read for hours already.
  const { queries } = catalogTables.in(database)
  const none = {
    touch: 0,
    timeless: 0,
    known_since: null,
    swept_at: null,
    swept_until: null,
    checked_at: null,
  }
  const sweep = { phase: 'models', place: null, taken: 10_000_000, sweep_started_at: Date.now() - 9_999_999 }
  const rest = { watermark: null, feed: null, failed_at: null, problem: null }
  await queries
    .insertInto('catalog_registry')
    .values({ name: 'main', syncer: 'before', ...none, ...sweep, ...rest })
    .execute()
  const gateway = await gatewayOver(hostile.url, url)
  try {
    // The next one begins anew, and finds out whether it has an end by then.
    await expect
      .poll(() => stateIn(database), { timeout: 15_000, interval: 200 })
      .toMatchObject({
        problem: expect.stringContaining('LIMIT_EXCEEDED'),
        swept_at: null,
        taken: 0,
        phase: null,
      })
  } finally {
    await gateway.close()
    await database.close()
    await hostile.close()
  }
}, 30_000)
