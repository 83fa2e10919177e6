import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { createRegistryConnector } from '../../src/gateway/registry-connector.ts'
import { CleanUps } from '../../src/state/clean-ups/clean-ups.ts'
import { run } from './sample-tools.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

it('check finds in the gateway’s database what is left, forgets what it is told to, and makes no database', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'modelgate-left-')), 'gateway.db')
  const config = `database: { url: "sqlite:${file}" }
registries:
  - { name: prod, adapter: mlflow, environment: prod, url: "http://prod" }
`
  const check = (...more: string[]) =>
    run(['check', ...more], { config, createConnector: createRegistryConnector })
  expect((await check()).stdout).not.toContain('Left behind')
  expect(existsSync(file)).toBe(false)

  const database = await openGatewayDatabase(`sqlite:${file}`, { log: silent })
  const cleanUp = { id: 'an-id', kind: 'files', registry: 'prod', model: 'churn', details: '{}' } as const
  await new CleanUps(database).note(cleanUp, 60_000)
  await database.close()
  expect((await check()).stdout).toContain('an-id: files of a copy to "churn" in "prod"')
  expect(await check('--forget', 'an-id')).toMatchObject({ code: 0 })
  expect((await check()).stdout).not.toContain('Left behind')
})
