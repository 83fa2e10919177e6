import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type MlflowServer, startMlflow } from '../environment/mlflow-server.ts'
import { runMlflowClient } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { copyVersion, createVersion } from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** A run with two logged models of one name, the later of which counts, and one that the client registers. */
const logModels = `
class Model(mlflow.pyfunc.PythonModel):
    def __init__(self, answer): self.answer = answer
    def predict(self, context, model_input): return self.answer
def log(answer, step): return mlflow.pyfunc.log_model(name='net', python_model=Model(answer), pip_requirements=[], step=step)
with mlflow.start_run() as run:
    earlier, later = log('earlier', 1), log('later', 2)
    mlflow.log_text('plain', 'folder/plain.txt')
mlflow.register_model(f'runs:/{run.info.run_id}/net', argument)
result = {
    'runId': run.info.run_id, 'root': run.info.artifact_uri,
    'earlier': earlier.model_id, 'later': later.model_id, 'place': later.artifact_path,
}
`

const loadEach = `
result = {}
for name, version in argument:
    uri = f'models:/{name}/{version}'
    info = mlflow.models.get_model_info(uri)
    result[name] = [mlflow.pyfunc.load_model(uri).predict(None), info.model_uri, info.model_id]
`

const readVersion = `query ($registry: String!, $model: String!, $version: String!) {
  modelVersion(registry: $registry, model: $model, version: $version) {
    source artifactUri runId sizeBytes digest copiedFrom { version modelName }
    artifacts { nodes { path sizeBytes isDirectory } }
  }
}`

interface Logged {
  readonly runId: string
  /** Where the run keeps its files, and the later model its own. */
  readonly root: string
  readonly place: string
  readonly earlier: string
  readonly later: string
}

describe('logged models of MLflow 3', () => {
  const prefix = `logged-${randomUUID().slice(0, 8)}-`
  const byClient = `${prefix}by-client`
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-logged-'))
  let closed: MlflowServer
  let proxying: { url: string; python: string }
  let gateway: OpenGateway
  let logged: Logged
  let elsewhere: Logged

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    proxying = inject('mlflow')['3.17.2']
    closed = await startMlflow({
      version: '3.17.2',
      args: ['--no-serve-artifacts', '--default-artifact-root', join(folder, 'root')],
    })
    logged = await runMlflowClient<Logged>(proxying, logModels, { argument: byClient })
    elsewhere = await runMlflowClient<Logged>(closed, logModels, { argument: byClient })
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'mlflow', adapter: 'mlflow', environment: 'dev', url: proxying.url, timeoutMs: 30_000 },
        { name: 'mlflow2', adapter: 'mlflow', environment: 'dev', url: proxying.url, timeoutMs: 30_000 },
        { name: 'closed', adapter: 'mlflow', environment: 'dev', url: closed.url, timeoutMs: 30_000 },
        { name: 'disk', adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'disk') },
      ],
    })
  }, 240_000)
  afterAll(async () => {
    await gateway?.close()
    await closed?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const read = async (registry: string, model: string) => {
    const { modelVersion } = await gateway.data(readVersion, { registry, model, version: '1' })
    return modelVersion
  }
  const create = (registry: string, name: string, source: string, runId?: string) =>
    gateway.ask(createVersion, {
      input: { model: { key: { registry, name: prefix + name } }, createModel: true, source, runId },
    })
  const copy = async (from: string, to: string, name: string, source = byClient) => {
    const input = {
      source: { key: { registry: from, model: source, version: '1' } },
      destination: { registry: to, name: prefix + name },
      artifacts: 'COPY',
    }
    const { copyModelVersion } = await gateway.data(copyVersion, { input })
    return copyModelVersion.modelVersion
  }

  it('become versions as the client makes them, whichever way they are named', async () => {
    const own = await read('mlflow', byClient)
    expect(own).toMatchObject({ source: `models:/${logged.later}`, runId: logged.runId, copiedFrom: null })
    const sources: [string, string, string | undefined][] = [
      ['by-run', `runs:/${logged.runId}/net`, undefined],
      ['by-id', own.source, undefined],
      ['by-id-and-run', own.source, logged.runId],
      ['by-place', own.artifactUri, undefined],
      ['by-place-and-run', own.artifactUri, logged.runId],
      ['by-earlier-id', `models:/${logged.earlier}`, undefined],
    ]
    for (const [name, source, runId] of sources) {
      const { data, errors } = await create('mlflow', name, source, runId)
      expect(errors, name).toBeUndefined()
      const kept = name === 'by-run' ? own.source : source
      expect(data.createModelVersion.modelVersion).toMatchObject({ source: kept, runId: logged.runId })
    }
    const argument = sources.map(([name]) => [prefix + name, '1'])
    const loaded = await runMlflowClient(proxying, loadEach, { argument })
    const later = ['later', `models:/${logged.later}`, logged.later]
    expect(loaded).toEqual({
      ...Object.fromEntries(sources.map(([name]) => [prefix + name, later])),
      [`${prefix}by-earlier-id`]: ['earlier', `models:/${logged.earlier}`, logged.earlier],
    })
  }, 120_000)

  it.each<[string, (of: Logged) => [string, string?], string, RegExp]>([
    ['not in the run', ({ runId }) => [`runs:/${runId}/nowhere`], 'NOT_FOUND', /no files at "nowhere"/],
    ['not in a folder', ({ runId }) => [`runs:/${runId}/folder/x`], 'NOT_FOUND', /no files at "folder\/x"/],
    [
      'not in the model',
      ({ runId }) => [`runs:/${runId}/net/none`],
      'NOT_FOUND',
      /m-.* has no files at "none"/,
    ],
    [
      'at no place in the run',
      ({ runId, root }) => [`${root}/folder/none`, runId],
      'NOT_FOUND',
      /run .* has no files at "folder\/none"/,
    ],
    [
      'at no place in a run that is not named',
      ({ root }) => [`${root}/none`],
      'NOT_FOUND',
      /run .* has no files at "none"/,
    ],
    [
      'at no place in the model',
      ({ place }) => [`${place}/none`],
      'NOT_FOUND',
      /m-.* has no files at "none"/,
    ],
    ['not logged', () => [`models:/m-${'0'.repeat(32)}`], 'NOT_FOUND', /no logged model/],
    ['no id', () => ['models:/m-1'], 'BAD_USER_INPUT', /is not a model URI/],
    ['of another run', ({ later }) => [`models:/${later}`, 'f'.repeat(32)], 'BAD_USER_INPUT', /of the run/],
  ])('that are %s are refused', async (name, toSource, code, message) => {
    const { errors } = await create('mlflow', name, ...toSource(logged))
    expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code } }])
  })

  it('are no sources elsewhere', async () => {
    const { errors } = await create('disk', 'disk', `models:/${logged.later}`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('leave what a run has of its own as it was given', async () => {
    for (const path of ['folder', 'folder/plain.txt', '']) {
      const source = `runs:/${logged.runId}/${path}`
      const { data } = await create('mlflow', `own ${path.replace('/', ' ')}`, source)
      expect(data.createModelVersion.modelVersion).toMatchObject({ source, runId: logged.runId })
    }
  })

  it('give their files without the artifact proxy, as the server itself does', async () => {
    const script = `result = [[f.path, f.file_size] for f in client.list_logged_model_artifacts(argument)]`
    const files = await runMlflowClient<[string, number][]>(closed, script, { argument: elsewhere.later })
    const { artifacts, artifactUri } = await read('closed', byClient)
    expect(artifactUri).toContain(elsewhere.later)
    const seen = artifacts.nodes.map(({ path, sizeBytes }: { path: string; sizeBytes: number }) => [
      path,
      sizeBytes,
    ])
    expect(seen).toEqual(files.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    expect(seen.length).toBeGreaterThan(3)
    const made = await create('closed', 'by-run', `runs:/${elsewhere.runId}/net`)
    expect(made.data.createModelVersion.modelVersion.source).toBe(`models:/${elsewhere.later}`)
    const there = await create('closed', 'by-place', artifactUri)
    expect(there.data.createModelVersion.modelVersion).toMatchObject({
      source: artifactUri,
      runId: elsewhere.runId,
    })
    const onDisk = await copy('closed', 'disk', 'from-closed')
    expect(onDisk).toMatchObject({
      sizeBytes: expect.any(Number),
      digest: expect.stringMatching(/^sha256-v2:/),
    })
    expect((await read('disk', `${prefix}from-closed`)).artifacts.nodes).toEqual(artifacts.nodes)
  }, 120_000)

  it('are logged models of their own where they are copied to, and go on from there as they were', async () => {
    const copied = await copy('closed', 'mlflow', 'from-closed')
    const again = await copy('mlflow', 'mlflow2', 'again', `${prefix}from-closed`)
    const argument = [`${prefix}from-closed`, `${prefix}again`].map((name) => [name, '1'])
    const loaded = await runMlflowClient<Record<string, string[]>>(proxying, loadEach, { argument })
    const ownIds = Object.values(loaded).map(([answer, uri, id]) => {
      expect(answer).toBe('later')
      expect(uri).toBe(`models:/${id}`)
      return id
    })
    expect(new Set([...ownIds, elsewhere.later]).size).toBe(3)
    const onDisk = await copy('mlflow2', 'disk', 'onwards', `${prefix}again`)
    const direct = await copy('closed', 'disk', 'direct')
    expect(direct.digest).toMatch(/^sha256-v2:/)
    expect([copied, again, onDisk]).toMatchObject(
      [1, 2, 3].map(() => ({ digest: direct.digest, sizeBytes: direct.sizeBytes })),
    )
    const { lineage } = (
      await gateway.data(
        `query ($model: String!) { modelVersion(registry: "mlflow2", model: $model, version: "1") {
          lineage { uri broken } } }`,
        { model: `${prefix}again` },
      )
    ).modelVersion
    expect(lineage).toEqual([
      { uri: `models://mlflow/${prefix}from-closed/1`, broken: false },
      { uri: `models://closed/${byClient}/1`, broken: false },
    ])
  }, 120_000)
})
