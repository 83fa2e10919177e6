import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toNodeId } from '../../src/federation/records/node-id.ts'
import type { AnyJson } from '../environment/any-json.ts'
import { type MlflowServer, startMlflow } from '../environment/mlflow-server.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { copyVersion, createVersion } from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const admin = { username: 'admin', password: 'correct horse battery' }
const reader = { username: 'reader', password: 'staple battery horse' }

describe.each(['NO_PERMISSIONS', 'READ'] as const)('what MLflow hides, where others may %s', (permission) => {
  let server: MlflowServer
  let gateway: OpenGateway

  const asAdmin = async (path: string, body: object): Promise<AnyJson> => {
    const authorization = `Basic ${Buffer.from(`${admin.username}:${admin.password}`).toString('base64')}`
    const headers = { 'content-type': 'application/json', authorization }
    const response = await fetch(`${server.url}/api/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(response.status, `${path}: ${await response.clone().text()}`).toBe(200)
    return response.json()
  }
  const grant = (resource_type: string, resource_id: string, granted: string) => {
    const body = { username: reader.username, resource_type, resource_id, permission: granted }
    return asAdmin('3.0/mlflow/users/permissions/grant', body)
  }
  const makeRun = async (experiment: string) => {
    const { experiment_id } = await asAdmin('2.0/mlflow/experiments/create', { name: experiment })
    const { run } = await asAdmin('2.0/mlflow/runs/create', { experiment_id, start_time: 1_700_000_000_000 })
    const metric = { key: 'auc', value: 0.9, timestamp: 1, step: 0 }
    await asAdmin('2.0/mlflow/runs/log-batch', { run_id: run.info.run_id, metrics: [metric] })
    return { experimentId: String(experiment_id), ...run.info }
  }
  const makeVersion = async (
    name: string,
    { run_id, artifact_uri }: { run_id: string; artifact_uri: string },
  ) => {
    await asAdmin('2.0/mlflow/registered-models/create', { name })
    await asAdmin('2.0/mlflow/model-versions/create', { name, run_id, source: `${artifact_uri}/model` })
    await asAdmin('2.0/mlflow/registered-models/alias', { name, alias: 'champion', version: '1' })
  }

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    server = await startMlflow({ version: '3.17.2', basicAuth: { ...admin, defaultPermission: permission } })
    await asAdmin('2.0/mlflow/users/create', reader)
    const seen = await makeRun('seen')
    const closed = await makeRun('closed')
    await makeVersion('open', closed)
    await makeVersion('plain', seen)
    await makeVersion('hidden', seen)
    await grant('registered_model', 'open', 'READ')
    await grant('registered_model', 'plain', 'READ')
    await grant('experiment', seen.experimentId, 'READ')
    if (permission === 'READ') {
      await grant('registered_model', 'hidden', 'DENY')
      await grant('experiment', closed.experimentId, 'DENY')
    }
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        {
          name: 'm',
          adapter: 'mlflow',
          environment: 'dev',
          url: server.url,
          timeoutMs: 30_000,
          auth: { basic: reader },
        },
        { name: 'disk', adapter: 'local', environment: 'dev' },
      ],
    })
  }, 180_000)
  afterAll(async () => {
    await gateway?.close()
    await server?.close()
  })

  it.each(['hidden', 'absent'])('is null in every look-up: %s', async (model) => {
    const uris = [`models://m/${model}/1`, `models://m/${model}@champion`, `models://m/${model}/latest`]
    const lookUps = [
      `model(registry: "m", name: "${model}") { name }`,
      `modelVersion(registry: "m", model: "${model}", version: "1") { version }`,
      ...uris.map((uri) => `resolveModelUri(uri: "${uri}") { version }`),
    ]
    for (const lookUp of lookUps) {
      const { data, errors } = await gateway.ask(`{ found: ${lookUp} }`)
      expect({ data, errors }, lookUp).toEqual({ data: { found: null }, errors: undefined })
    }
    const together = lookUps.map((lookUp, index) => `f${index}: ${lookUp}`).join(' ')
    const all = await gateway.data(`{ ${together} other: model(registry: "m", name: "no-such") { name } }`)
    expect(Object.values(all)).toEqual(Object.values(all).map(() => null))
  })

  it.each(['hidden', 'absent'])(
    'is null by its id, and a side of a comparison that is null: %s',
    async (model) => {
      const ids = [
        toNodeId({ type: 'Model', registry: 'm', name: model }),
        toNodeId({ type: 'ModelVersion', registry: 'm', model, version: '1' }),
      ]
      const side = (name: string) => `{ key: { registry: "m", model: "${name}", version: "1" } }`
      const found = await gateway.data(
        `query ($ids: [ID!]!) {
        nodes(ids: $ids) { id }
        compareVersions(from: ${side('open')}, to: ${side(model)}) { from { version } to { version } }
      }`,
        { ids },
      )
      expect(found).toEqual({ nodes: [null, null], compareVersions: { from: { version: '1' }, to: null } })
    },
  )

  it.each(['hidden', 'absent'])('is not found as what a version is made from: %s', async (model) => {
    const into = { registry: 'disk', name: 'copy' }
    const source = { key: { registry: 'm', model, version: '1' } }
    const copied = await gateway.ask(copyVersion, { input: { source, destination: into } })
    expect(copied.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', registry: 'm' } }])
    const input = { model: { key: { registry: 'm', name: 'open' } }, source: `models:/${model}/1` }
    const made = await gateway.ask(createVersion, { input })
    expect(made.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', registry: 'm' } }])
  })

  it('is null in a version whose run may not be read', async () => {
    const fields = 'runId run { status } metric(key: "auc") artifacts { nodes { path } }'
    const { modelVersion } = await gateway.data(
      `{ modelVersion(registry: "m", model: "open", version: "1") { ${fields} } }`,
    )
    expect(modelVersion).toMatchObject({ runId: expect.any(String), run: null, metric: null })
  })

  it('makes a list that asks for it incomplete, and says why', async () => {
    const lists = [
      'where: { metric: { key: "auc", value: { gt: 0 } } }',
      'where: { not: { metric: { key: "auc", value: { gt: 0 } } } }',
      'orderBy: [{ metric: { key: "auc" } }]',
    ]
    for (const asked of lists) {
      const { modelVersions } = await gateway.data(
        `{ modelVersions(registries: ["m"], ${asked}) { complete totalCount nodes { modelName } sources { state error { code message } } } }`,
      )
      expect(modelVersions, asked).toMatchObject({
        complete: false,
        totalCount: null,
        sources: [
          { state: 'ERROR', error: { code: 'FORBIDDEN', message: expect.stringMatching(/read the run/) } },
        ],
      })
      const names = modelVersions.nodes.map(({ modelName }: { modelName: string }) => modelName)
      expect(names, asked).toEqual(
        asked.startsWith('orderBy') ? ['plain', 'open'] : asked.includes('not') ? [] : ['plain'],
      )
    }
    const { model } = await gateway.data(
      `{ model(registry: "m", name: "open") { versions(${lists[0]}) { complete nodes { version } } } }`,
    )
    expect(model.versions).toEqual({ complete: false, nodes: [] })
    const { modelVersions } = await gateway.data('{ modelVersions { complete nodes { modelName } } }')
    expect(modelVersions).toEqual({ complete: true, nodes: [{ modelName: 'open' }, { modelName: 'plain' }] })
  })
})
