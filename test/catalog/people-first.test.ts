import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { CatalogSchedule } from '../../src/federation/catalog/catalog-schedule.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { createFileSource, silent } from '../state/database-source.ts'

const source = createFileSource()
afterEach(() => void vi.restoreAllMocks())
afterAll(() => source.dispose())

/** The shortest pause before the first look, and some more. */
const afterFirstPauseMs = 2000

it('the first sweep does not begin while many wait for answers, and begins when they have them', async () => {
  let isMute = false
  const waiting: ServerResponse[] = []
  const answer = (response: ServerResponse) =>
    response.setHeader('content-type', 'application/json').end('{}')
  const mute = createServer((request, response) => {
    request.resume()
    if (isMute) waiting.push(response)
    else answer(response)
  }).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const place = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`
  const url = await source.createUrl()
  const start = vi.spyOn(CatalogSchedule.prototype, 'start').mockImplementation(() => {})
  const gateway = await openGateway({
    environments: ['dev'],
    registries: [
      { name: 'main', adapter: 'local', environment: 'dev' },
      {
        name: 'slow',
        adapter: 'mlflow',
        environment: 'dev',
        url: place,
        timeoutMs: 25_000,
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
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(4)
    // Only now, however slow the machine is: all four wait before the schedule looks for the first time.
    const [schedule] = start.mock.contexts as [CatalogSchedule]
    start.mockRestore()
    const random = vi.spyOn(Math, 'random').mockReturnValue(0)
    schedule.start()
    random.mockRestore()
    await wait(afterFirstPauseMs)
    expect(await begun()).toBeUndefined()
    isMute = false
    for (const response of waiting) answer(response)
    await asked
    await expect.poll(begun, { timeout: 20_000 }).toMatchObject({ swept_at: expect.any(Number) })
  } finally {
    mute.closeAllConnections()
    mute.close()
    await gateway.close()
    await database.close()
  }
}, 60_000)
