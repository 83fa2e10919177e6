import { expect, test } from 'vitest'
import { openGuardedGateway } from './open-gateway.ts'

test('once the catalog knows the registry, grants for no model are warned of in one line, with their places', async () => {
  const gateway = await openGuardedGateway({
    auth: {},
    registries: [{ name: 'home', adapter: 'local', environment: 'dev' }],
    permissions: {
      grants: [
        { principal: 'user:a', registry: 'home', model: 'chrun', permission: 'READ' },
        { principal: 'user:a', model: 'fruad*', permission: 'READ' },
        { principal: 'user:a', registry: 'home', permission: 'READ' },
      ],
    },
  })
  const warnings = () =>
    gateway
      .log()
      .split('\n')
      .filter((line) => line.includes('are for no model'))
  await expect.poll(warnings, { timeout: 8000 }).toHaveLength(1)
  const { grants } = JSON.parse(warnings()[0] ?? '') as { grants: string[] }
  expect(grants.map((grant) => /:\d+:\d+ (\S+): there is no model/.exec(grant)?.[1])).toEqual([
    'permissions.grants[0]',
    'permissions.grants[1]',
  ])
})
