import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type MlflowServer, startMlflow } from './mlflow-server.ts'
import { mlflowVersions } from './provided.ts'
import { runMlflowClient, runPython } from './python.ts'
import { requireBackend } from './require-backend.ts'

describe('the shared servers', () => {
  it.each(mlflowVersions)('are MLflow %s, with a client of the same version', async (version) => {
    requireBackend(`mlflow ${version}`)
    const { url, python } = inject('mlflow')[version]
    expect(await (await fetch(`${url}/version`)).text()).toBe(version)
    expect(await runPython(python, 'import mlflow\nresult = mlflow.__version__')).toBe(version)
  })

  it('are a PostgreSQL that sorts as a language does unless told otherwise', async () => {
    const client = new Client({ connectionString: inject('postgresUrl') })
    await client.connect()
    const sort = async (collation: string) => {
      const order = `select x from (values ('B'), ('a'), ('b')) as t(x) order by x ${collation}`
      return (await client.query<{ x: string }>(order)).rows.map(({ x }) => x).join('')
    }
    expect([await sort(''), await sort('collate "C"')]).toEqual(['abB', 'Bab'])
    await client.end()
  })
})

describe('startMlflow', () => {
  const admin = { username: 'keeper', password: 'a-long-password' }
  let server: MlflowServer
  beforeAll(async () => {
    server = await startMlflow({ version: '3.17.2', basicAuth: admin })
  })
  afterAll(() => server?.close())

  const search = (authorization = '') =>
    fetch(`${server.url}/api/2.0/mlflow/registered-models/search`, { headers: { authorization } })
  const basic = `Basic ${btoa(`${admin.username}:${admin.password}`)}`

  it('asks for the credentials it was started with', async () => {
    expect((await search()).status).toBe(401)
    expect((await search(basic)).status).toBe(200)
  })

  it('comes back on the same port with the same data', async () => {
    await runMlflowClient(server, "client.create_registered_model('kept')", {
      env: { MLFLOW_TRACKING_USERNAME: admin.username, MLFLOW_TRACKING_PASSWORD: admin.password },
    })
    await server.stop()
    await expect(search(basic)).rejects.toThrow(TypeError)
    await server.start()
    expect(await (await search(basic)).json()).toMatchObject({ registered_models: [{ name: 'kept' }] })
  })
})
