import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { createFileSource, silent } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

it('the first sweep does not begin while many wait for answers, and begins when they have them', async () => {
  let isMute = false
  const mute = createServer((request, response) => {
    request.resume()
    if (!isMute) response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const place = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`
  const url = await source.createUrl()
  const gateway = await openGateway({
    environments: ['dev'],
    registries: [
      { name: 'main', adapter: 'local', environment: 'dev' },
      {
        name: 'slow',
        adapter: 'mlflow',
        environment: 'dev',
        url: place,
        timeoutMs: 5000,
        serverVersion: '3.17.2',
        catalog: false,
      },
    ],
    database: { url },
    catalog: { syncEvery: '1d' },
  })
  const database = await openGatewayDatabase(url, { log: silent })
  const begun = () =>
    catalogTables.in(database).queries.selectFrom('catalog_registry').select('swept_at').executeTakeFirst()
  try {
    isMute = true
    const asked = Promise.all(
      [1, 2, 3, 4].map((first) =>
        gateway.ask(`{ models(registries: ["slow"], first: ${first}) { nodes { name } } }`),
      ),
    )
    await wait(4000)
    expect(await begun()).toBeUndefined()
    await asked
    await expect.poll(begun, { timeout: 5000 }).toMatchObject({ swept_at: expect.any(Number) })
  } finally {
    await gateway.close()
    await database.close()
    mute.closeAllConnections()
    mute.close()
  }
}, 30_000)
