import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { runMlflowClient } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** What an unmodified client does in a day: a logged run, versions, tags, aliases, stages, copies, a rename. */
const writes = `
import tempfile, os, math
prefix = argument['prefix']
model, copy, again = prefix + ' it"s 100% ünïcode 🚀', prefix + '.copy', prefix + '.again'
with mlflow.start_run(run_name='train') as run:
    mlflow.log_params({'depth': 5, 'loss': 'log'})
    mlflow.log_metric('auc', 0.5, step=1)
    mlflow.log_metric('auc', 0.91, step=2)
    mlflow.log_metric('bad', math.nan)
    mlflow.log_metric('up', math.inf)
    mlflow.log_metric('down', -math.inf)
    folder = tempfile.mkdtemp()
    open(os.path.join(folder, 'model.txt'), 'w').write('weights')
    mlflow.log_artifacts(folder, 'model')
run_id = run.info.run_id
client.create_registered_model(model, tags={'team': 'fraud', 'a': 'line\\nbreak \\\\ %_'}, description='The model.')
source = client.get_run(run_id).info.artifact_uri + '/model'
client.create_model_version(model, source, run_id, tags={'validation_status': 'passed'}, description='First.')
client.create_model_version(model, source, run_id)
client.create_model_version(model, 's3://elsewhere/model')
client.set_registered_model_alias(model, 'champion', '2')
client.set_registered_model_alias(model, 'challenger', '1')
client.set_registered_model_alias(model, 'Champion', '1')
client.transition_model_version_stage(model, '1', 'Archived')
client.transition_model_version_stage(model, '2', 'Production')
client.copy_model_version(f'models:/{model}@champion', copy)
client.copy_model_version(f'models:/{copy}/1', again)
client.copy_model_version(f'models:/{again}/1', prefix + '.last')
client.create_registered_model(prefix + '.gone')
client.create_model_version(prefix + '.gone', 's3://gone/model')
client.copy_model_version(f'models:/{prefix}.gone/1', prefix + '.orphan')
client.delete_registered_model(prefix + '.gone')
client.create_registered_model(prefix + '.without-versions')
lost = client.create_run(client.create_experiment(prefix + '-lost')).info
client.log_metric(lost.run_id, 'auc', 0.7)
client.create_registered_model(prefix + '.lost-experiment')
client.create_model_version(prefix + '.lost-experiment', 's3://lost/model', lost.run_id)
client.delete_experiment(lost.experiment_id)
client.create_registered_model(prefix + '.lost-run')
client.create_model_version(prefix + '.lost-run', 's3://lost/model', 'f' * 32)
read = client.get_registered_model(model)
versions = client.search_model_versions("name = '" + model.replace("'", '') + "'") 
result = {
    'model': model, 'run_id': run_id, 'lost_run': lost.run_id, 'source': source,
    'created': read.creation_timestamp, 'updated': read.last_updated_timestamp,
    'versions': {v.version: [v.creation_timestamp, v.last_updated_timestamp] for v in versions},
}
`

const versionFields = `modelName version description stage status statusMessage source artifactUri runId createdAt updatedAt
  tags { key value } aliases { name versionNumber } metric(key: "auc") param(key: "depth")
  run { runId name status metrics { key value nonFinite step } params { key value } durationMs }
  copiedFrom { modelName version } lineage { uri registry broken version { modelName version } }`

interface Written {
  readonly model: string
  readonly run_id: string
  readonly lost_run: string
  readonly source: string
  readonly created: number
  readonly updated: number
  readonly versions: Readonly<Record<string, readonly [number, number]>>
}

describe.each(mlflowVersions)('what MlflowClient wrote to %s', (serverVersion) => {
  const prefix = `client-${serverVersion}-${process.pid}`
  let gateway: OpenGateway
  let written: Written

  beforeAll(async () => {
    requireBackend(`mlflow ${serverVersion}`)
    const server = inject('mlflow')[serverVersion]
    written = await runMlflowClient<Written>(server, writes, { argument: { prefix } })
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'main', adapter: 'mlflow', environment: 'dev', url: server.url, timeoutMs: 20_000 },
      ],
    })
  })
  afterAll(() => gateway?.close())

  const modelOf = async (name: string, fields: string) =>
    (
      await gateway.data(`query ($name: String!) { model(registry: "main", name: $name) { ${fields} } }`, {
        name,
      })
    ).model

  it('is read exactly: the model, its tags, aliases and times', async () => {
    const model = await modelOf(
      written.model,
      'name description tags { key value } tag(key: "team") aliases { name versionNumber version { version } } createdAt updatedAt environment { name }',
    )
    expect(model).toEqual({
      name: written.model,
      description: 'The model.',
      tags: [
        { key: 'a', value: 'line\nbreak \\ %_' },
        { key: 'team', value: 'fraud' },
      ],
      tag: 'fraud',
      aliases: [
        { name: 'Champion', versionNumber: '1', version: { version: '1' } },
        { name: 'challenger', versionNumber: '1', version: { version: '1' } },
        { name: 'champion', versionNumber: '2', version: { version: '2' } },
      ],
      createdAt: new Date(written.created).toISOString(),
      updatedAt: new Date(written.updated).toISOString(),
      environment: { name: 'dev' },
    })
  })

  it('is read exactly: the versions, highest first, archived ones when asked for', async () => {
    const { all, shown, latestVersion, production } = await modelOf(
      written.model,
      `all: versions(includeArchived: true) { nodes { ${versionFields} } totalCount complete }
       shown: versions { nodes { version } } latestVersion { version } production: latestVersion(stage: "PRODUCTION") { version }`,
    )
    expect(shown.nodes.map((node: { version: string }) => node.version)).toEqual(['3', '2'])
    expect(latestVersion.version).toBe('3')
    expect(production.version).toBe('2')
    expect(all).toMatchObject({ totalCount: 3, complete: true })
    const [third, second, first] = all.nodes
    expect(third).toMatchObject({
      source: 's3://elsewhere/model',
      artifactUri: 's3://elsewhere/model',
      runId: null,
      run: null,
      metric: null,
    })
    expect(second).toMatchObject({
      stage: 'Production',
      description: null,
      aliases: [{ name: 'champion', versionNumber: '2' }],
    })
    expect(first).toMatchObject({
      modelName: written.model,
      description: 'First.',
      stage: 'Archived',
      status: 'READY',
      source: written.source,
      runId: written.run_id,
      tags: [{ key: 'validation_status', value: 'passed' }],
      aliases: [
        { name: 'Champion', versionNumber: '1' },
        { name: 'challenger', versionNumber: '1' },
      ],
      metric: 0.91,
      param: '5',
      copiedFrom: null,
      lineage: [],
      run: {
        runId: written.run_id,
        name: 'train',
        status: 'FINISHED',
        metrics: [
          { key: 'auc', value: 0.91, nonFinite: null, step: 2 },
          { key: 'bad', value: null, nonFinite: 'NAN', step: 0 },
          { key: 'down', value: null, nonFinite: 'NEGATIVE_INFINITY', step: 0 },
          { key: 'up', value: null, nonFinite: 'INFINITY', step: 0 },
        ],
        params: [
          { key: 'depth', value: '5' },
          { key: 'loss', value: 'log' },
        ],
      },
    })
  })

  it('is followed: copies over several hops, and one whose source is gone', async () => {
    const { latestVersion: last } = await modelOf(`${prefix}.last`, `latestVersion { ${versionFields} }`)
    expect(last.source).toBe(`models:/${prefix}.again/1`)
    expect(last.copiedFrom).toEqual({ modelName: `${prefix}.again`, version: '1' })
    expect(last.artifactUri).toBe(written.source)
    expect(last.lineage.map((hop: { uri: string; broken: boolean }) => [hop.uri, hop.broken])).toEqual([
      [`models:/${prefix}.again/1`, false],
      [`models:/${prefix}.copy/1`, false],
      [`models:/${written.model}/2`, false],
    ])
    const { latestVersion: orphan } = await modelOf(`${prefix}.orphan`, `latestVersion { ${versionFields} }`)
    expect(orphan).toMatchObject({
      copiedFrom: null,
      lineage: [{ uri: `models:/${prefix}.gone/1`, registry: 'main', broken: true, version: null }],
    })
  })

  it('resolves by every form of URI, and refuses or misses as the contract says', async () => {
    const resolve = (uri: string) =>
      gateway.ask('query ($uri: String!) { resolveModelUri(registry: "main", uri: $uri) { version } }', {
        uri,
      })
    const version = async (suffix: string) =>
      (await resolve(`models:/${written.model}${suffix}`)).data.resolveModelUri?.version ?? null
    expect(await version('/1')).toBe('1')
    expect(await version('/99')).toBeNull()
    expect(await version('@champion')).toBe('2')
    expect(await version('@CHAMPION')).toBeNull()
    expect(await version('@latest')).toBe('3')
    expect(await version('/latest')).toBe('3')
    expect(await version('/production')).toBe('2')
    expect(await version('/Staging')).toBeNull()
    expect((await resolve(`models:/${prefix}.nowhere@champion`)).data).toEqual({ resolveModelUri: null })
    for (const name of ['c/d', 'x:y', '.', '..', ' ', "it's", '%_']) {
      const { data, errors } = await gateway.ask(
        `query ($name: String!, $alias: String!, $number: String!) {
          modelVersion(registry: "main", model: $name, version: "1") { version } model(registry: "main", name: $name) { name }
          alias: resolveModelUri(registry: "main", uri: $alias) { version } number: resolveModelUri(registry: "main", uri: $number) { version } }`,
        { name, alias: `models:/${name}@champion`, number: `models:/${name}/1` },
      )
      expect(errors, name).toBeUndefined()
      expect(data).toEqual({ modelVersion: null, model: null, alias: null, number: null })
    }
    const refused = await resolve(`models:/${written.model}/nonsense`)
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'uri' })
  })

  it('is told apart: no versions, a run that is gone, a run of a deleted experiment', async () => {
    const empty = await modelOf(
      `${prefix}.without-versions`,
      'latestVersion { version } versions { nodes { version } totalCount }',
    )
    expect(empty).toEqual({ latestVersion: null, versions: { nodes: [], totalCount: 0 } })
    const fields = 'latestVersion { runId run { runId } metric(key: "auc") metrics { key } }'
    expect(await modelOf(`${prefix}.lost-run`, fields)).toEqual({
      latestVersion: { runId: 'f'.repeat(32), run: null, metric: null, metrics: [] },
    })
    expect(await modelOf(`${prefix}.lost-experiment`, fields)).toEqual({
      latestVersion: {
        runId: written.lost_run,
        run: { runId: written.lost_run },
        metric: 0.7,
        metrics: [{ key: 'auc' }],
      },
    })
  })
})
