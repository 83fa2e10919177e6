import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { runModelgateIn } from './run-modelgate.ts'

const create = `mutation {
  createModel(input: { registry: "dev", name: "a" }) { model { name } }
  createModelVersion(input: { model: { key: { registry: "dev", name: "a" } }, source: "s3://bucket/a" }) { modelVersion { version } }
}`

test('over a configuration a command is an administrator; over a URL it is whoever the token says', async () => {
  const gateway = await openGuardedGateway({
    auth: {},
    administrators: ['token:admin'],
    permissions: { default: 'NO_PERMISSIONS' },
  })
  const folder = dirname(gateway.file)
  const run = (args: string[], env = {}) => runModelgateIn(folder, args, env)
  const admin = (await run(['token', 'create', 'admin'])).stdout.trim()
  const nobody = (await run(['token', 'create', 'nobody'])).stdout.trim()
  expect(await (await gateway.ask(bearer(admin), create)).json()).not.toHaveProperty('errors')

  const copy = (to: string, ...more: string[]) => [
    'copy',
    'models://dev/a/1',
    `models://dev/${to}`,
    '--json',
    ...more,
  ]
  const own = await run(copy('b'))
  expect(JSON.parse(own.stdout)).toMatchObject({ ok: true, model: 'b' })
  const { data } = (await (
    await gateway.ask(bearer(admin), '{ permissions(registry: "dev") { nodes { principal model } } }')
  ).json()) as { data: unknown }
  expect(JSON.stringify(data)).toContain(`user:cli:${userInfo().username}`)

  const byUrl = (to: string, token: string) => run(copy(to, '--url', gateway.url), { MODELGATE_TOKEN: token })
  expect(JSON.parse((await byUrl('c', admin)).stdout)).toMatchObject({
    ok: true,
    registry: 'dev',
    model: 'c',
    version: '1',
    uri: 'models://dev/c/1',
  })
  const hidden = await byUrl('d', nobody)
  expect([hidden.code, JSON.parse(hidden.stdout).code]).toEqual([1, 'NOT_FOUND'])
  const wrong = await byUrl('d', 'mg_wrong')
  expect(JSON.parse(wrong.stdout)).toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining('MODELGATE_TOKEN'),
  })
  for (const url of ['ftp://x', 'http://:canary@127.0.0.1', 'http://127.0.0.1?canary'])
    expect(await run(copy('d', '--url', url))).toMatchObject({ code: 2, stdout: '' })
  const broken = await byUrl('d', 'mg_canary\nand-more')
  expect(broken).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('MODELGATE_TOKEN') })
  expect(broken.stderr).not.toContain('canary')
  expect(JSON.parse((await run(copy('d', '--url', 'http://127.0.0.1:1'))).stdout).code).toBe('UNREACHABLE')
})

test.each(['null', '<html>', '"text"'])('an answer that is no GraphQL (%s) is told as one', async (body) => {
  const server = createServer((_, response) => void response.end(body))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const args = ['copy', 'models://dev/a/1', 'models://dev/b', '--json', '--url', url]
  const { code, stdout } = await runModelgateIn('.', args)
  expect([code, JSON.parse(stdout).code]).toEqual([1, 'UNREACHABLE'])
})
