import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MlflowServer, startMlflow } from '../../environment/mlflow-server.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, readPages } from './queries.ts'

const admin = { username: 'admin', password: 'correct horse battery' }
const reader = { username: 'reader', password: 'staple battery horse' }

describe('MLflow behind basic auth', () => {
  let server: MlflowServer

  const asAdmin = async (path: string, body: object) => {
    const authorization = `Basic ${Buffer.from(`${admin.username}:${admin.password}`).toString('base64')}`
    const response = await fetch(`${server.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
    })
    expect(response.status, `${path}: ${await response.clone().text()}`).toBe(200)
  }

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    server = await startMlflow({ version: '3.17.2', basicAuth: admin })
    await asAdmin('2.0/mlflow/users/create', reader)
    for (let n = 0; n < 9; n++) {
      await asAdmin('2.0/mlflow/registered-models/create', { name: `m${n}` })
      await asAdmin('2.0/mlflow/model-versions/create', { name: `m${n}`, source: 's3://b/m' })
      if (n % 3 === 1) continue
      await asAdmin('3.0/mlflow/users/permissions/grant', {
        username: reader.username,
        resource_type: 'registered_model',
        resource_id: `m${n}`,
        permission: n % 3 === 0 ? 'READ' : 'DENY',
      })
    }
  })
  afterAll(() => server?.close())

  it.each([
    ['without credentials', {}],
    ['with a wrong password', { auth: { basic: { ...admin, password: 'wrong' } } }],
  ])('refuses %s', async (_, options) => {
    const registry = await openRegistry(server.url, options)
    try {
      const unauthenticated = { code: 'UNAUTHENTICATED', retryable: false }
      await expect(registry.health(newCall())).rejects.toMatchObject(unauthenticated)
      await expect(registry.models.list(modelQuery(), newCall())).rejects.toMatchObject(unauthenticated)
    } finally {
      await registry.close()
    }
  })

  it('shows the administrator everything', async () => {
    const registry = await openRegistry(server.url, { auth: { basic: admin } })
    try {
      expect(await registry.describe(newCall())).toMatchObject({ serverVersion: '3.17.2' })
      const page = await registry.models.list(modelQuery(), newCall())
      expect(page.items).toHaveLength(9)
    } finally {
      await registry.close()
    }
  })

  it('shows a user what is not denied, over pages of every size', async () => {
    const registry = await openRegistry(server.url, { auth: { basic: reader } })
    try {
      for (const limit of [1, 2, 4, 50]) {
        const pages = await readPages(modelQuery({ limit }), (query) =>
          registry.models.list(query, newCall()),
        )
        expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual([
          'm0',
          'm1',
          'm3',
          'm4',
          'm6',
          'm7',
        ])
        const hints = pages.flatMap((page) =>
          page.items.map(({ name }, index) => [name, page.hints?.[index]] as const),
        )
        for (const [name, hint] of hints) {
          const after = { values: [name], name, version: null, hint: hint ?? null }
          const page = await registry.models.list(modelQuery({ limit: 1, after }), newCall())
          expect(page.items[0]?.name).toBe(['m1', 'm3', 'm4', 'm6', 'm7'].find((other) => other > name))
        }
      }
      expect(await registry.models.get(['m0', 'm2'], newCall())).toMatchObject([{ name: 'm0' }, null])
      expect(await registry.versions.get([{ model: 'm2', version: '1' }], newCall())).toEqual([null])
    } finally {
      await registry.close()
    }
  })
})
