import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { PlainBrowser, signIn } from './browser.ts'
import { startGuardedMlflow } from './guarded-mlflow.ts'
import { startIssuer } from './issuer.ts'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'
import { runModelgateIn } from './run-modelgate.ts'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

test('no secret stands in a log, an error, an answer or the database, though registries repeat what they are sent', async () => {
  const [issuer, provider] = await Promise.all([startIssuer(), startOpenIdProvider()])
  const registryToken = 'registry-canary-a81f9c'
  const [forwarded, plain] = [
    await startGuardedMlflow(issuer),
    await startGuardedMlflow(issuer, [registryToken]),
  ]
  const env = { OIDC_SECRET: clientSecret, REGISTRY_TOKEN: registryToken }
  const mlflow = { adapter: 'mlflow', environment: 'dev', serverVersion: '3.17.2' }
  const gateway = await openGuardedGateway(
    {
      auth: {
        jwt: [{ issuer: issuer.url, audience: 'modelgate' }],
        login: {
          issuer: provider.issuer,
          clientId: 'modelgate',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
          clientSecret: '${OIDC_SECRET}',
          prefix: 'people:',
        },
      },
      administrators: ['user:ann', 'token:ci', 'user:people:ann'],
      registries: [
        { name: 'own', url: forwarded.url, auth: { forward: true }, ...mlflow },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
        { name: 'plain', url: plain.url, auth: { bearer: '${REGISTRY_TOKEN}' }, ...mlflow },
      ],
    },
    env,
  )
  provider.allow(`${gateway.url}/login/callback`)
  const browser = new PlainBrowser()
  await signIn(browser, `${gateway.url}/login`, 'ann')
  const cookie = browser.cookieFor(gateway.url)
  const jwt = await issuer.sign({ sub: 'ann' })
  const { stdout } = await runModelgateIn(dirname(gateway.file), ['token', 'create', 'ci'], env)
  const token = stdout.trim()
  expect(token).toMatch(/^mg_/)
  const credentials = [bearer(jwt), bearer(token), { cookie }, { 'x-request-id': 'plain' }] as Record<
    string,
    string
  >[]

  const queries = [
    '{ models { nodes { name } sources { error { message } } } viewer { principal } }',
    '{ registries { name health { state message } serverVersion } }',
    'mutation { createModel(input: { registry: "plain", name: "m" }) { model { name } } }',
    'mutation { createModel(input: { registry: "own", name: "m" }) { model { name } } }',
    '{ nothing }',
  ]
  const answers: string[] = []
  for (const failsWith of [null, 500, 403]) {
    forwarded.failsWith = failsWith
    plain.failsWith = failsWith
    for (const credential of credentials) {
      for (const query of queries) {
        const response = await gateway.ask({ ...credential, 'modelgate-explain': '1' }, query)
        answers.push(JSON.stringify([...response.headers]) + (await response.text()))
      }
    }
  }
  // A wrong one that begins as a good one does, and what is refused at the door.
  for (const wrong of [`${jwt}x`, `${token}x`]) answers.push(await (await gateway.ask(bearer(wrong))).text())
  answers.push(await (await fetch(`${gateway.url}/readyz`)).text())
  await gateway.close()

  const [, session = ''] = cookie.split('=')
  const databases = ['state.db', 'state.db-wal', 'state.db-shm'].map((file) =>
    read(join(dirname(gateway.file), file)),
  )
  const places = { log: gateway.log(), answers: answers.join('\n'), database: databases.join('\n') }
  const canaries = { registryToken, token, session, clientSecret, jwt, signature: jwt.split('.')[2] ?? '' }
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(canaries).flatMap(([name, secret]) =>
      text.includes(secret) ? [`${name} in ${place}`] : [],
    ),
  )
  expect(found).toEqual([])
  // They were sent, and repeated.
  expect(plain.authorizations).toContain(`Bearer ${registryToken}`)
  expect(forwarded.authorizations).toContain(`Bearer ${jwt}`)
  expect(places.log).toContain('user:people:ann')
})
