import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mlflowPython } from '../environment/mlflow-installation.ts'
import { type MlflowServer, startMlflow } from '../environment/mlflow-server.ts'
import { runMlflowClient } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { copyVersion } from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** As MLflow 2 took names: a version by its place, one by its run, and a copy of the latter. */
const makeModels = `
run = client.create_run('0')
client.log_text(run.info.run_id, 'hello', 'model/MLmodel')
for name in argument:
    client.create_registered_model(name)
    client.create_model_version(name, run.info.artifact_uri + '/model', run.info.run_id)
    client.create_model_version(name, f'runs:/{run.info.run_id}/model', run.info.run_id)
    client.set_registered_model_alias(name, 'champion', '2')
result = run.info.artifact_uri
`

const makeGone = `
run = client.create_run('0')
client.log_text(run.info.run_id, 'hello', 'model/MLmodel')
client.create_registered_model('gone')
client.create_model_version('gone', f'runs:/{run.info.run_id}/model', run.info.run_id)
client.delete_run(run.info.run_id)
result = run.info.run_id
`

const readVersion = `query ($model: String!, $version: String!) {
  modelVersion(registry: "m", model: $model, version: $version) {
    version source artifactUri artifacts { nodes { path } }
  }
}`

const names = [
  'plain',
  'team/net',
  'a:b',
  'team/v:1/net',
  '/net',
  'team//net/',
  `it's "odd"/ünï 🚀`,
  'a%2Fb/c?d#e',
  '..',
]

describe('versions of models that MLflow 2 has named, after the upgrade to MLflow 3', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-legacy-'))
  const backendStoreUri = `sqlite:///${join(folder, 'store.db')}`
  const options = { backendStoreUri, args: ['--artifacts-destination', join(folder, 'artifacts')] }
  let server: MlflowServer
  let gateway: OpenGateway
  let root: string

  const mlflow = (...args: string[]) =>
    promisify(execFile)(mlflowPython('3.17.2'), ['-m', 'mlflow', ...args], {
      env: {
        ...process.env,
        MLFLOW_DISABLE_TELEMETRY: 'true',
        ...(server && { MLFLOW_TRACKING_URI: server.url }),
      },
    })

  beforeAll(async () => {
    requireBackend('mlflow 2.22.4')
    requireBackend('mlflow 3.17.2')
    const old = await startMlflow({ version: '2.22.4', ...options })
    root = await runMlflowClient<string>(old, makeModels, { argument: names })
    await old.close()
    await mlflow('db', 'upgrade', backendStoreUri)
    server = await startMlflow({ version: '3.17.2', ...options })
    const runId = await runMlflowClient<string>(server, makeGone)
    const destination = ['--artifacts-destination', join(folder, 'artifacts')]
    await mlflow('gc', '--backend-store-uri', backendStoreUri, ...destination, '--run-ids', runId)
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'm', adapter: 'mlflow', environment: 'dev', url: server.url, timeoutMs: 30_000 },
        { name: 'disk', adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'disk') },
      ],
    })
  }, 300_000)
  afterAll(async () => {
    await gateway?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const copy = (model: string, version: string) =>
    gateway.ask(copyVersion, {
      input: {
        source: { key: { registry: 'm', model, version } },
        destination: { registry: 'disk', name: 'copy' },
        artifacts: 'COPY',
      },
    })

  it.each(
    names.flatMap((name) => [
      ['1', name],
      ['2', name],
    ]),
  )('have their files: version %s of %s', async (version, model) => {
    const { modelVersion } = await gateway.data(readVersion, { model, version })
    expect(modelVersion).toMatchObject({
      artifactUri: `${root}/model`,
      artifacts: { nodes: [{ path: 'MLmodel' }] },
    })
    const { data, errors } = await copy(model, version)
    expect(errors).toBeUndefined()
    expect(data.copyModelVersion.modelVersion).toMatchObject({
      sizeBytes: 5,
      copiedFrom: { modelName: model, version },
    })
  })

  it.each(names)('are found by alias, as the latest and from their model: %s', async (model) => {
    const found = await gateway.data(
      `query ($model: String!, $uri: String!) {
        model(registry: "m", name: $model) {
          name latestVersion { version artifactUri } aliases { name version { version artifactUri } }
          versions { nodes { version artifactUri aliases { name } } }
        }
        resolveModelUri(uri: $uri) { version artifactUri }
        compareVersions(
          from: { key: { registry: "m", model: $model, version: "1" } }
          to: { key: { registry: "m", model: $model, version: "2" } }
        ) { sameArtifact }
      }`,
      { model, uri: `models://m/${model}@champion` },
    )
    const second = { version: '2', artifactUri: `${root}/model` }
    expect(found).toEqual({
      model: {
        name: model,
        latestVersion: second,
        aliases: [{ name: 'champion', version: second }],
        versions: {
          nodes: [
            { ...second, aliases: [{ name: 'champion' }] },
            { version: '1', artifactUri: `${root}/model`, aliases: [] },
          ],
        },
      },
      resolveModelUri: second,
      compareVersions: { sameArtifact: true },
    })
  })

  it('are there when their run is gone, and only their files cannot be found', async () => {
    const { data, errors } = await gateway.ask(readVersion, { model: 'gone', version: '1' })
    expect(data.modelVersion).toMatchObject({
      version: '1',
      source: expect.stringMatching(/^runs:/),
      artifactUri: null,
    })
    const lost = {
      message: expect.stringMatching(/files of this version cannot be found: the run .* is gone/),
      extensions: { code: 'UNSUPPORTED' },
    }
    expect(errors?.[0]).toMatchObject(lost)
    expect((await copy('gone', '1')).errors).toMatchObject([lost])
  })
})
