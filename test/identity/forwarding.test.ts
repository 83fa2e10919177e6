import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { type GuardedMlflow, startGuardedMlflow } from './guarded-mlflow.ts'
import { type Issuer, startIssuer } from './issuer.ts'
import { bearer, type GuardedGateway, openGuardedGateway } from './open-gateway.ts'
import { runModelgateIn } from './run-modelgate.ts'

const query = '{ models { nodes { name } complete sources { state error { code message } } } }'

const configOf = (issuer: Issuer, { url }: GuardedMlflow, auth: object = {}, more: object = {}) => ({
  auth: { jwt: [{ issuer: issuer.url, audience: 'modelgate' }], anonymous: 'READ', ...more },
  registries: [
    {
      name: 'own',
      adapter: 'mlflow',
      environment: 'dev',
      url,
      serverVersion: '3.17.2',
      auth: { forward: true, ...auth },
    },
  ],
})

async function ask(gateway: GuardedGateway, headers: Record<string, string>) {
  const { data } = (await (await gateway.ask(headers, query)).json()) as {
    data: {
      models: { nodes: { name: string }[]; sources: { error: { code: string; message: string } | null }[] }
    }
  }
  const [source] = data.models.sources
  return { names: data.models.nodes.map(({ name }) => name), error: source?.error ?? null }
}

test("callers see what the registry shows them by their own tokens, never each other's", async () => {
  const issuer = await startIssuer()
  const mlflow = await startGuardedMlflow(issuer)
  const gateway = await openGuardedGateway(configOf(issuer, mlflow))
  const [ann, bea] = [await issuer.sign({ sub: 'ann' }), await issuer.sign({ sub: 'bea' })]
  mlflow.delayMs = 50
  const answers = await Promise.all([ann, bea, ann, bea].map((token) => ask(gateway, bearer(token))))
  expect(answers.map(({ names }) => names)).toEqual([['of-ann'], ['of-bea'], ['of-ann'], ['of-bea']])
  const own = new Set([`Bearer ${ann}`, `Bearer ${bea}`, undefined])
  expect(mlflow.authorizations.filter((sent) => !own.has(sent))).toEqual([])
  for (const token of [ann, bea]) expect(gateway.log()).not.toContain(token)
})

test('reads under way are shared among equal credentials alone', async () => {
  const issuer = await startIssuer()
  const mlflow = await startGuardedMlflow(issuer)
  const gateway = await openGuardedGateway(configOf(issuer, mlflow))
  const [ann, again] = [
    await issuer.sign({ sub: 'ann', jti: '1' }),
    await issuer.sign({ sub: 'ann', jti: '2' }),
  ]
  for (const token of [ann, again]) await ask(gateway, bearer(token))
  mlflow.delayMs = 150
  mlflow.authorizations.length = 0
  await Promise.all([ann, ann, ann].map((token) => ask(gateway, bearer(token))))
  expect(mlflow.authorizations).toHaveLength(1)
  await Promise.all([ann, again].map((token) => ask(gateway, bearer(token))))
  expect(mlflow.authorizations).toHaveLength(3)
})

test('who has no token of an issuer is told so, and nothing else is sent in its place', async () => {
  const issuer = await startIssuer()
  const mlflow = await startGuardedMlflow(issuer, ['the-gateways-own'])
  const gateway = await openGuardedGateway(
    configOf(issuer, mlflow, { background: { bearer: 'the-gateways-own' } }),
  )
  const made = await runModelgateIn(dirname(gateway.file), ['token', 'create', 'ci'])
  mlflow.authorizations.length = 0
  for (const headers of [bearer(made.stdout.trim()), {}]) {
    const { names, error } = await ask(gateway, headers as Record<string, string>)
    expect([names, error?.code]).toEqual([[], 'FORBIDDEN'])
    expect(error?.message).toContain("caller's own JSON web token")
  }
  expect(mlflow.authorizations).toEqual([])
})

test('what the gateway does without a caller needs auth.background, and says so', async () => {
  const issuer = await startIssuer()
  const mlflow = await startGuardedMlflow(issuer, ['the-gateways-own'])
  const copy = ['copy', 'models://own/a/1', 'models://own/b', '--json']
  const without = await openGuardedGateway(configOf(issuer, mlflow))
  const refused = await runModelgateIn(dirname(without.file), copy)
  expect(JSON.parse(refused.stdout)).toMatchObject({
    code: 'UNSUPPORTED',
    message: expect.stringContaining('auth.background'),
  })
  const check = ['check', '--json']
  const checked = await runModelgateIn(dirname(without.file), check)
  expect([checked.code, JSON.parse(checked.stdout).registries]).toEqual([
    0,
    [
      expect.objectContaining({
        ok: true,
        capabilities: null,
        notices: [expect.stringContaining('auth.background')],
      }),
    ],
  ])
  mlflow.failsWith = 500
  expect((await runModelgateIn(dirname(without.file), check)).code).toBe(1)
  mlflow.failsWith = null
  expect(mlflow.authorizations.filter((sent) => sent !== undefined)).toEqual([])
  const background = await openGuardedGateway(
    configOf(issuer, mlflow, { background: { bearer: 'the-gateways-own' } }),
  )
  const asked = await runModelgateIn(dirname(background.file), copy)
  expect(JSON.parse(asked.stdout).code).not.toBe('UNSUPPORTED')
  expect(mlflow.authorizations).toContain('Bearer the-gateways-own')
})

test('a redirect is not followed with the credential of a caller', async () => {
  const issuer = await startIssuer()
  const [mlflow, stranger] = [await startGuardedMlflow(issuer), await startGuardedMlflow(issuer)]
  const gateway = await openGuardedGateway(configOf(issuer, mlflow))
  mlflow.redirectTo = `${stranger.url}/elsewhere`
  expect((await ask(gateway, bearer(await issuer.sign()))).error).not.toBeNull()
  expect(stranger.authorizations).toEqual([])
})

test("a registry's own refusal is that registry's matter, and not the caller's 401", async () => {
  const issuer = await startIssuer()
  const other = await startIssuer()
  const mlflow = await startGuardedMlflow(other)
  const gateway = await openGuardedGateway(configOf(issuer, mlflow))
  const response = await gateway.ask(bearer(await issuer.sign()), query)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    data: {
      models: {
        nodes: [],
        complete: false,
        sources: [{ state: 'ERROR', error: { code: 'UNAUTHENTICATED' } }],
      },
    },
  })
})
