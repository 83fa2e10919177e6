import { expect, it } from 'vitest'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { openProcess } from './open-process.ts'

it('a feed that says that there is more and does not go on is a problem of its registry, and ends', async () => {
  const source = createFileSource()
  const database = await openGatewayDatabase(await source.createUrl(), { log: silent })
  const local = connectLocal(defaultLocalConfig, { registry: 'main', log: silent, database })
  const adapter: Adapter = {
    ...local,
    changes: { since: async (cursor) => ({ models: [], cursor: cursor ?? 'start', more: cursor !== null }) },
  }
  const { federation, catalog, settings } = openProcess(database, adapter)
  const own = { ...settings, sweepEveryMs: 3_600_000 }
  const wish = { fullSince: null, waitMs: 2000, signal: new AbortController().signal }
  const sync = () => syncOnce({ federation, catalog }, 'main', own, wish)
  expect(await sync()).toMatchObject({ kind: 'swept' })
  expect(await sync()).toMatchObject({ kind: 'failed', problem: { code: 'REGISTRY_ERROR' } })
  await federation.close()
  await database.close()
  await source.dispose()
})
