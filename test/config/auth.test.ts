// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the configuration's own placeholders
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { createDirectory } from './sample-directory.ts'

const env = { OIDC_SECRET: 'canary-secret', PROD_TOKEN: 'p' }

const load = (text: string) =>
  loadConfig({ env, directory: createDirectory({ 'modelgate.yaml': text }), builtIns: builtInAdapters })

const login = 'issuer: https://a.example.com, clientId: m, clientSecret: "${OIDC_SECRET}"'
const github = 'issuer: https://token.actions.githubusercontent.com, audience: m'

test('auth alone means API tokens, and nothing for those who have not signed in', async () => {
  const { auth, administrators, permissions } = await load('auth: {}')
  expect(auth).toEqual({ tokens: true, jwt: [], login: null, proxy: null, anonymous: 'NO_PERMISSIONS' })
  expect({ administrators, permissions }).toEqual({
    administrators: [],
    permissions: { default: 'READ', grants: [] },
  })
  expect((await load('{}')).auth).toBeNull()
})

test('the same issuer for programs and for people needs no prefix, and others have one', async () => {
  const { auth } = await load(`auth:
  jwt:
    - { issuer: "https://a.example.com", audience: m }
    - { ${github}, prefix: "github:", require: { repository_owner: [acme, 7] } }
  login: { ${login} }`)
  expect(auth?.jwt.map(({ prefix }) => prefix)).toEqual(['', 'github:'])
  expect(auth?.jwt[1]?.require).toEqual({ repository_owner: ['acme', 7] })
  expect(auth?.jwt[1]?.place).toMatch(/^modelgate\.yaml:4:\d+ auth\.jwt\[1\]\.issuer$/)
})

/** Key, what is written, and what the message says of it, each on the line of the mistake. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ['auth.token', 'auth: { token: true }', 'did you mean "tokens"?'],
  ['auth.anonymous', 'auth: { anonymous: REED }', 'did you mean "READ"?'],
  [
    'auth.jwt[0].issuer',
    'auth: { jwt: [{ issuer: "http://a.example.com", audience: m }] }',
    'must be an https address',
  ],
  [
    'auth.jwt[0].audience',
    'auth: { jwt: [{ issuer: "https://a.example.com" }] }',
    'is missing; write for example modelgate',
  ],
  [
    'auth.jwt[0].algorithms[0]',
    'auth: { jwt: [{ issuer: "https://a.example.com", audience: m, algorithms: [none] }] }',
    'is not one of the choices',
  ],
  [
    'auth.jwt[0].algorithms[0]',
    'auth: { jwt: [{ issuer: "https://a.example.com", audience: m, algorithms: [HS256] }] }',
    'did you mean "RS256"?',
  ],
  [
    'auth.jwt[0].prefix',
    'auth: { jwt: [{ issuer: "https://a.example.com", audience: m, prefix: ci }] }',
    'write for example "github:"',
  ],
  [
    'auth.jwt[0].prefix',
    'auth: { jwt: [{ issuer: "https://a.example.com", audience: m, prefix: "cli:" }] }',
    "is that of commands on the gateway's own machine",
  ],
  [
    'auth.login.scopes',
    `auth: { login: { ${login}, scopes: [profile] } }`,
    'write for example [openid, profile]',
  ],
  ['auth.login.maxAgeHours', `auth: { login: { ${login}, maxAgeHours: 0 } }`, 'must be more than 0'],
  ['administrators', 'administrators: group:platform', 'write for example [group:platform, user:ann]'],
  [
    'auth.jwt[1].issuer',
    'auth: { jwt: [{ issuer: "https://a.example.com", audience: m }, { issuer: "https://b.example.com", audience: m }] }',
    'write for example prefix: "example:"',
  ],
  [
    'auth.login.issuer',
    `auth: { jwt: [{ issuer: "https://b.example.com", audience: m }], login: { ${login} } }`,
    'have no prefix',
  ],
  ['auth.jwt[0].issuer', `auth: { jwt: [{ ${github} }] }`, 'require: { repository_owner: acme }'],
  [
    'auth.jwt[0].issuer',
    'auth: { jwt: [{ issuer: "https://accounts.google.com", audience: m }] }',
    'require: { hd: acme.com }',
  ],
  [
    'auth.jwt[0].issuer',
    'auth: { jwt: [{ issuer: "https://gitlab.com", audience: m }] }',
    'require: { namespace_path: acme }',
  ],
  [
    'auth.jwt[0].issuer',
    'auth: { jwt: [{ issuer: "https://login.microsoftonline.com/common/v2.0", audience: m }] }',
    'require: { tid:',
  ],
  [
    'auth.login.clientSecret',
    'auth: { login: { issuer: "https://a.example.com", clientId: m, clientSecret: canary-in-the-file } }',
    'write "${OIDC_SECRET}"',
  ],
  [
    'auth.login.clientSecret',
    'auth: { login: { issuer: "https://a.example.com", clientId: m } }',
    'is missing',
  ],
  ['server.publicUrl', `auth: { login: { ${login} } }\nserver: { host: 0.0.0.0 }`, 'auth.login needs it'],
  ['auth.proxy.from[0]', 'auth: { proxy: { user: x-user, from: [proxy.example.com] } }', 'write 10.1.2.3/32'],
  ['auth.proxy.from[0]', 'auth: { proxy: { user: x-user, from: [10.0.0.0/33] } }', 'write 10.1.2.3/32'],
  ['auth.proxy.from', 'auth: { proxy: { user: x-user, from: [] } }', 'must not be empty'],
  ['administrators[0]', 'administrators: [ann]', 'write user:NAME, group:NAME or token:NAME'],
  ['permissions.default', 'permissions: { default: EDITT }', 'did you mean "EDIT"?'],
  [
    'permissions.grants[0].permission',
    'permissions: { grants: [{ principal: "user:a", permission: MANGE }] }',
    'did you mean "MANAGE"?',
  ],
  [
    'permissions.grants[0].principal',
    'permissions: { grants: [{ principal: ann, permission: READ }] }',
    'write user:NAME',
  ],
  [
    'permissions.grants[0].registry',
    'permissions: { grants: [{ principal: "user:a", registry: prodd, permission: READ }] }',
    'did you mean "prod"?',
  ],
  ['server.publicUrl', 'server: { publicUrl: models.example.com }', 'write https://models.example.com'],
  [
    'server.allowedHosts[0]',
    'server: { allowedHosts: ["https://a.example.com/"] }',
    'write models.example.com',
  ],
  ['server.trustProxy[0]', 'server: { trustProxy: [somewhere] }', 'write 10.1.2.0/24'],
  [
    'server.cors.origins[0]',
    'server: { cors: { origins: [dashboard.example.com] } }',
    'write https://dashboard.example.com',
  ],
  [
    'server.cors.credentials',
    'server: { cors: { origins: ["*"], credentials: true } }',
    'name the origins that are trusted',
  ],
  [
    'server.tls.cert',
    'server: { tls: { cert: nowhere.pem, key: nowhere.pem } }',
    'write the path of a PEM file',
  ],
  [
    'registries[0].auth.forward',
    'registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true } }]',
    'auth.jwt of the gateway',
  ],
  ...['true', '{ syncEvery: 5m }'].map(
    (catalog) =>
      [
        'registries[0].catalog',
        `auth: { jwt: [{ issuer: "https://a.example.com", audience: m }] }
registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true }, catalog: ${catalog} }]`,
        'auth: { forward: true, background: { bearer: "${TOKEN}" } }',
      ] as const,
  ),
  [
    'registries[0].auth.forward',
    `auth: { jwt: [{ issuer: "https://a.example.com", audience: m }] }
registries: [{ name: a, adapter: azureml, environment: dev, subscriptionId: 00000000-0000-0000-0000-000000000000, resourceGroup: m, workspace: ws, auth: { forward: true } }]`,
    'write how the gateway itself signs in',
  ],
  [
    'registries[0].auth',
    'registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true, bearer: x } }]',
    'must have exactly one of',
  ],
]

test.each(mistakes)('%s: %s', async (key, text, expected) => {
  const error = await load(text).then(
    () => null,
    (failure: unknown) => failure,
  )
  const { problems = [], message = '' } = (error ?? {}) as {
    problems?: { key: string; line: number }[]
    message?: string
  }
  expect(problems.map((problem) => problem.key)).toContain(key)
  expect(problems[0]?.line).toBeGreaterThan(0)
  expect(message).toContain(expected)
  expect(message).not.toContain('canary')
})

test('of issuers whose names could collide, those are told that would have to change', async () => {
  const failed = load(`auth:
  jwt:
    - { issuer: "https://a.example.com", audience: m }
    - { issuer: "https://b.example.org", audience: m }
  login: { ${login} }`)
  await expect(failed).rejects.toMatchObject({ problems: [{ key: 'auth.jwt[1].issuer', line: 4 }] })
})

test('what is read with the credentials of callers may be kept where the gateway has its own, or as a plug-in says', async () => {
  const { registries } = await load(`auth: { jwt: [{ issuer: "https://a.example.com", audience: m }] }
registries:
  - { name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true, background: { bearer: "\${PROD_TOKEN}" } }, catalog: true }
  - { name: b, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true }, catalog: false }
  - { name: c, adapter: mlflow, environment: dev, url: "http://a", auth: { forward: true } }`)
  expect(registries.map(({ catalog }) => catalog?.isAskedFor)).toEqual([true, undefined, false])
})

test('a key that is there to say why not is suggested to nobody', async () => {
  const azure = 'adapter: azureml, environment: dev, resourceGroup: m, workspace: ws'
  const failed = load(
    `registries: [{ name: a, ${azure}, subscriptionId: 00000000-0000-0000-0000-000000000000, auth: { forwards: x } }]`,
  )
  await expect(failed).rejects.toThrow(/write one of token, tenantId, clientId, clientSecret$/m)
})
