import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { runModelgateIn } from './run-modelgate.ts'

test('tokens are made, listed and revoked beside a running gateway, at once', async () => {
  const gateway = await openGuardedGateway({ auth: {} })
  const run = (...args: string[]) => runModelgateIn(dirname(gateway.file), ['token', ...args])
  const made = await run('create', 'deploy', '--groups', 'fraud,platform', '--expires', '90d', '--json')
  const { name, principal, token, expiresAt } = JSON.parse(made.stdout)
  expect({ name, principal }).toEqual({ name: 'deploy', principal: 'token:deploy' })
  expect(Object.keys(JSON.parse(made.stdout))).toEqual(['name', 'principal', 'token', 'expiresAt'])
  expect(token).toMatch(/^mg_[A-Za-z0-9_-]{43}$/)
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(89 * 86_400_000)
  expect(await gateway.viewer(bearer(token))).toEqual({
    status: 200,
    principal: 'token:deploy',
    groups: ['group:fraud', 'group:platform'],
  })

  const again = await run('create', 'deploy')
  expect(again).toMatchObject({ code: 2, stdout: '' })
  expect(again.stderr).toContain('modelgate token revoke deploy')
  const listed = await run('list')
  expect(listed.stdout).toContain('token:deploy')
  expect(listed.stdout + JSON.stringify(await run('list', '--json'))).not.toContain(token)

  expect(await run('revoke', 'deploy')).toMatchObject({ code: 0 })
  expect((await gateway.viewer(bearer(token))).status).toBe(401)
  expect(await run('revoke', 'deploy')).toMatchObject({ code: 2 })

  await gateway.close()
  const files = ['state.db', 'state.db-wal'].map((file) => read(join(dirname(gateway.file), file)))
  for (const text of [...files, gateway.log(), made.stderr]) expect(text.includes(token)).toBe(false)
})

test('a token is printed for a person alone, and what is around it goes elsewhere', async () => {
  const gateway = await openGuardedGateway({ auth: {} })
  const made = await runModelgateIn(dirname(gateway.file), ['token', 'create', 'ci'])
  expect(made.stdout).toMatch(/^mg_[A-Za-z0-9_-]{43}\n$/)
  expect(await gateway.viewer(bearer(made.stdout.trim()))).toMatchObject({
    principal: 'token:ci',
    groups: [],
  })
})

test.each([
  [['token', 'create', 'a b'], 'NAME may hold letters'],
  [['token', 'create', 'a', '--expires', '90'], 'Write a number and m, h or d'],
  [['token', 'create', 'a', '--expires', '0d'], 'Write a number and m, h or d'],
  [['token', 'create'], "missing required argument 'name'"],
  [['token', 'create'], 'Run "modelgate token create --help"'],
  [['token', 'create', 'a', '--groups', 'fraud,group:platform'], '"group:platform" is none'],
  [['token', 'create', 'a', '--groups', 'fra\u001b[31mud'], '"fra\\u001b[31mud" is none'],
  [['token', 'revoke', 'nobody'], 'There is no token "nobody"'],
] as const)('%s is refused with what to write', async (args, expected) => {
  const gateway = await openGuardedGateway({ auth: {} })
  const { code, stderr } = await runModelgateIn(dirname(gateway.file), args)
  expect(code).toBe(2)
  expect(stderr).toContain(expected)
})

test('one that has expired is refused, and one of a gateway without tokens', async () => {
  const gateway = await openGuardedGateway({ auth: { tokens: false } })
  const made = await runModelgateIn(dirname(gateway.file), ['token', 'create', 'early'])
  expect(made.stderr).toContain('No gateway with this configuration takes it yet: take tokens: false out')
  expect((await gateway.viewer(bearer(made.stdout.trim()))).status).toBe(401)
})

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
