import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCodePoints } from '../../src/contract/index.ts'
import { type MlflowServer, startMlflow } from '../environment/mlflow-server.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { oddFleet, oddTexts } from './odd-fleet.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'
import { seedMlflow } from './seed-mlflow.ts'

/** A locale sorts names there, as in most servers in production. */
describe('MLflow 3.17.2 on PostgreSQL', () => {
  let server: MlflowServer
  let gateway: OpenGateway
  const database = providedPostgres()

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    const backendStoreUri = (await database.createUrl()).replace(/^postgres:/, 'postgresql+psycopg2:')
    server = await startMlflow({ version: '3.17.2', workers: 1, backendStoreUri })
    await seedMlflow(server.url, oddFleet(''), 'runs')
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'main', adapter: 'mlflow', environment: 'dev', url: server.url, timeoutMs: 30_000 },
      ],
    })
  }, 240_000)
  afterAll(async () => {
    await gateway?.close()
    await server?.close()
    await database.dispose()
  })

  it('sorts names otherwise than the gateway has to', async () => {
    const response = await fetch(`${server.url}/api/2.0/mlflow/registered-models/search?max_results=1000`)
    const { registered_models } = (await response.json()) as { registered_models: { name: string }[] }
    const names = registered_models.map(({ name }) => name)
    expect(names).not.toEqual(names.toSorted(compareCodePoints))
  })

  it.each(['NAME', 'UPDATED_AT', 'CREATED_AT'])('gives pages by %s in the gateway’s order', async (field) => {
    const query = `query ($after: String) { models(first: 7, after: $after, orderBy: [{ field: ${field} }]) {
      nodes { name updatedAt createdAt } pageInfo { hasNextPage endCursor } complete } }`
    const seen: { name: string; updatedAt: string; createdAt: string }[] = []
    let after: string | null = null
    do {
      const { models } = await gateway.data(query, { after })
      expect(models.complete).toBe(true)
      seen.push(...models.nodes)
      after = models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null
    } while (after)
    const value = (row: (typeof seen)[number]) =>
      ({ NAME: row.name, UPDATED_AT: row.updatedAt, CREATED_AT: row.createdAt })[field] ?? ''
    const sorted = seen.toSorted(
      (a, b) => compareCodePoints(value(a), value(b)) || compareCodePoints(a.name, b.name),
    )
    expect(seen).toEqual(sorted)
    expect(seen.map(({ name }) => name).toSorted()).toEqual([...oddTexts].toSorted())
  })
})
