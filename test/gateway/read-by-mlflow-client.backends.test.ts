import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { runMlflowClient } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const readAll = `
def read_model(name):
    try:
        m = client.get_registered_model(name)
    except mlflow.exceptions.MlflowException as error:
        return error.error_code
    return {'name': m.name, 'description': m.description, 'tags': m.tags, 'aliases': m.aliases}

def read_version(name, version):
    try:
        v = client.get_model_version(name, version)
    except mlflow.exceptions.MlflowException as error:
        return error.error_code
    return {'name': v.name, 'version': str(v.version), 'description': v.description, 'tags': v.tags,
            'aliases': sorted(v.aliases), 'source': v.source, 'run_id': v.run_id, 'stage': v.current_stage,
            'status': v.status}

result = {
    'models': {name: read_model(name) for name in argument['models']},
    'versions': {f'{name} {version}': read_version(name, version) for name, version in argument['versions']},
    'downloads': {f'{name} {version}': client.get_model_version_download_uri(name, version)
                  for name, version in argument.get('downloads', [])},
    'holders': {alias: str(client.get_model_version_by_alias(name, alias).version)
                for name, alias in argument.get('aliases', [])},
}
`

interface Read {
  readonly models: Readonly<Record<string, unknown>>
  readonly versions: Readonly<Record<string, unknown>>
  readonly downloads: Readonly<Record<string, string>>
  readonly holders: Readonly<Record<string, string>>
}

const oddText = 'Ünï "quoted" \'single\' \\ back\nline\ttab 🚀 %s %_ {{x}} <b>&amp;</b> \u200b«»'

describe.each(mlflowVersions)('what the gateway wrote to MLflow %s', (serverVersion) => {
  const server = inject('mlflow')[serverVersion]
  const prefix = `written-${serverVersion}-${process.pid}`
  const odd = `${prefix} it"s 100% ünïcode 🚀`
  let gateway: OpenGateway

  beforeAll(async () => {
    requireBackend(`mlflow ${serverVersion}`)
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'main', adapter: 'mlflow', environment: 'dev', url: server.url, timeoutMs: 20_000 },
      ],
    })
  })
  afterAll(() => gateway?.close())

  const run = (document: string, input: object) => gateway.data(document, { input })
  const keyOf = (name: string) => ({ key: { registry: 'main', name } })
  const versionOf = (model: string, version = '1') => ({ key: { registry: 'main', model, version } })
  const read = (argument: {
    readonly models: readonly string[]
    readonly versions: readonly (readonly [string, string])[]
    readonly downloads?: readonly (readonly [string, string])[]
    readonly aliases?: readonly (readonly [string, string])[]
  }) => runMlflowClient<Read>(server, readAll, { argument })
  const version = (name: string, number: string, more: object = {}) => ({
    name,
    version: number,
    description: '',
    tags: {},
    aliases: [],
    source: `s3://bucket/${number}`,
    run_id: '',
    stage: 'None',
    status: 'READY',
    ...more,
  })

  it('is read exactly: every field of models and versions, with odd characters', async () => {
    const tags = [
      { key: 'team', value: 'risk' },
      { key: 'empty', value: '' },
      { key: 'a/b.c-d e:f_g', value: oddText },
      { key: 'Ключ', value: '😀' },
    ]
    const asMap = Object.fromEntries(tags.map(({ key, value }) => [key, value]))
    await run(mutations.createModel, { registry: 'main', name: odd, description: oddText, tags })
    for (const number of ['1', '2', '3']) {
      const more = number === '1' ? { description: oddText, tags } : {}
      await run(mutations.createVersion, { model: keyOf(odd), source: `s3://bucket/${number}`, ...more })
    }
    await run(mutations.updateVersion, { version: versionOf(odd, '2'), description: `second ${oddText}` })
    await run(mutations.setVersionTags, { version: versionOf(odd, '2'), tags })
    await run(mutations.setVersionTags, {
      version: versionOf(odd, '2'),
      tags: [{ key: 'team', value: oddText }],
    })
    await run(mutations.deleteVersionTags, { version: versionOf(odd, '2'), keys: ['empty', 'Ключ', 'never'] })
    for (const [alias, number] of [
      ['champion', '1'],
      ['Champion', '2'],
      ['Чемпион-1_x', '3'],
      ['moved', '1'],
      ['gone', '1'],
    ]) {
      await run(mutations.setAlias, { model: keyOf(odd), alias, version: number })
    }
    await run(mutations.setAlias, { model: keyOf(odd), alias: 'moved', version: '3', expectedVersion: '1' })
    await run(mutations.deleteAlias, { model: keyOf(odd), alias: 'gone', expectedVersion: '1' })
    const { models, versions, holders } = await read({
      models: [odd],
      versions: [
        [odd, '1'],
        [odd, '2'],
        [odd, '3'],
      ],
      aliases: [
        [odd, 'champion'],
        [odd, 'Champion'],
        [odd, 'Чемпион-1_x'],
        [odd, 'moved'],
      ],
    })
    expect(models[odd]).toMatchObject({ name: odd, description: oddText, tags: asMap })
    expect(holders).toEqual({ champion: '1', Champion: '2', 'Чемпион-1_x': '3', moved: '3' })
    expect(versions[`${odd} 1`]).toEqual(
      version(odd, '1', { description: oddText, tags: asMap, aliases: ['champion'] }),
    )
    expect(versions[`${odd} 2`]).toEqual(
      version(odd, '2', {
        description: `second ${oddText}`,
        tags: { team: oddText, 'a/b.c-d e:f_g': oddText },
        aliases: ['Champion'],
      }),
    )
    expect(versions[`${odd} 3`]).toEqual(version(odd, '3', { aliases: ['moved', 'Чемпион-1_x'] }))
  })

  it('is read exactly: what was changed, renamed and deleted', async () => {
    const [before, after, gone] = [`${prefix}-before`, `${prefix} "after" ü`, `${prefix}-gone`]
    await run(mutations.createModel, { registry: 'main', name: before, description: 'old' })
    await run(mutations.setModelTags, {
      model: keyOf(before),
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    })
    await run(mutations.setModelTags, { model: keyOf(before), tags: [{ key: 'b', value: oddText }] })
    await run(mutations.deleteModelTags, { model: keyOf(before), keys: ['a', 'never'] })
    await run(mutations.updateModel, { model: keyOf(before), description: oddText })
    for (const number of ['1', '2']) {
      await run(mutations.createVersion, { model: keyOf(before), source: `s3://bucket/${number}` })
    }
    await run(mutations.setAlias, { model: keyOf(before), alias: 'champion', version: '1' })
    await run(mutations.deleteVersion, { version: versionOf(before, '2') })
    await run(mutations.renameModel, { model: keyOf(before), newName: after })
    await run(mutations.createVersion, { model: keyOf(gone), createModel: true, source: 's3://bucket/1' })
    await run(mutations.deleteModel, { model: keyOf(gone) })
    const { models, versions } = await read({
      models: [before, after, gone],
      versions: [
        [before, '1'],
        [after, '1'],
        [after, '2'],
        [gone, '1'],
      ],
    })
    const missing = 'RESOURCE_DOES_NOT_EXIST'
    expect(models).toMatchObject({
      [before]: missing,
      [after]: { name: after, description: oddText, tags: { b: oddText } },
      [gone]: missing,
    })
    expect(versions).toEqual({
      [`${before} 1`]: missing,
      [`${after} 1`]: version(after, '1', { aliases: ['champion'] }),
      [`${after} 2`]: missing,
      [`${gone} 1`]: missing,
    })
  })

  it('is read exactly: stages, and the versions that were archived', async () => {
    const name = `${prefix}-stages`
    await run(mutations.createModel, { registry: 'main', name })
    for (const number of ['1', '2', '3', '4']) {
      await run(mutations.createVersion, { model: keyOf(name), source: `s3://bucket/${number}` })
    }
    const move = (number: string, stage: string, more = {}) =>
      run(mutations.transitionStage, { version: versionOf(name, number), stage, ...more })
    await move('1', 'Production')
    await move('2', 'production', { archiveExisting: false })
    await move('4', 'Staging')
    await move('3', 'Production', { archiveExisting: true, expectedStage: 'None' })
    await run(mutations.assignAliasToStage, { model: keyOf(name), stage: 'Production', alias: 'live' })
    const { versions, holders } = await read({
      models: [],
      versions: ['1', '2', '3', '4'].map((number) => [name, number]),
      aliases: [[name, 'live']],
    })
    expect(holders).toEqual({ live: '3' })
    expect(versions).toEqual({
      [`${name} 1`]: version(name, '1', { stage: 'Archived' }),
      [`${name} 2`]: version(name, '2', { stage: 'Archived' }),
      [`${name} 3`]: version(name, '3', { stage: 'Production', aliases: ['live'] }),
      [`${name} 4`]: version(name, '4', { stage: 'Staging' }),
    })
  })

  it('is read exactly: versions of runs, and copies of them in both directions', async () => {
    const [name, copy] = [`${prefix}-of-run`, `${prefix}-copy`]
    const logged = await runMlflowClient<{ run_id: string; artifact_uri: string }>(
      server,
      `
import tempfile, os
with mlflow.start_run() as run:
    folder = tempfile.mkdtemp()
    open(os.path.join(folder, 'model.txt'), 'w').write('weights')
    mlflow.log_artifacts(folder, 'model')
result = {'run_id': run.info.run_id, 'artifact_uri': run.info.artifact_uri}
`,
    )
    const source = `runs:/${logged.run_id}/model`
    const { createModelVersion } = await run(mutations.createVersion, {
      model: keyOf(name),
      createModel: true,
      source,
      tags: [{ key: 'gate', value: 'passed' }],
    })
    expect(createModelVersion.modelVersion).toMatchObject({ version: '1', runId: logged.run_id })
    await run(mutations.setAlias, { model: keyOf(name), alias: 'champion', version: '1' })
    const { copyModelVersion } = await run(mutations.copyVersion, {
      source: { alias: { registry: 'main', model: name, alias: 'champion' } },
      destination: { registry: 'main', name: copy },
      tags: [{ key: 'copied', value: oddText }],
    })
    expect(copyModelVersion).toMatchObject({ createdModel: true, modelVersion: { runId: logged.run_id } })
    const { versions, downloads } = await read({
      models: [],
      versions: [
        [name, '1'],
        [copy, '1'],
      ],
      downloads: [
        [name, '1'],
        [copy, '1'],
      ],
    })
    expect(versions[`${name} 1`]).toMatchObject({
      run_id: logged.run_id,
      tags: { gate: 'passed' },
      source: createModelVersion.modelVersion.source,
    })
    expect(versions[`${copy} 1`]).toEqual(
      version(copy, '1', {
        source: `models:/${name}/1`,
        run_id: logged.run_id,
        tags: { gate: 'passed', copied: oddText, 'modelgate.origins': expect.stringContaining(name) },
      }),
    )
    expect(downloads[`${copy} 1`]).toBe(downloads[`${name} 1`])

    const own = await runMlflowClient<string>(
      server,
      `result = client.copy_model_version('models:/' + argument + '/1', argument + '-again').source`,
      { argument: copy },
    )
    expect(own).toBe(`models:/${copy}/1`)
    const { modelVersion } = await gateway.data(mutations.lineage, {
      registry: 'main',
      model: `${copy}-again`,
      version: '1',
    })
    expect(modelVersion).toEqual({
      source: `models:/${copy}/1`,
      copiedFrom: { version: '1', modelName: copy },
      lineage: [
        { uri: `models:/${copy}/1`, registry: 'main', broken: false },
        { uri: `models:/${name}/1`, registry: 'main', broken: false },
      ],
    })
  })

  it('is loaded by mlflow itself, by alias, out of a copy', async () => {
    const name = `${prefix}-loaded`
    const logged = await runMlflowClient<string>(
      server,
      `
with mlflow.start_run() as run:
    mlflow.log_text('weights', 'model/weights.txt')
result = run.info.run_id
`,
    )
    await run(mutations.createVersion, {
      model: keyOf(name),
      createModel: true,
      source: `runs:/${logged}/model`,
    })
    await run(mutations.copyVersion, {
      source: versionOf(name),
      destination: { registry: 'main', name: `${name}-copy` },
    })
    await run(mutations.setAlias, { model: keyOf(`${name}-copy`), alias: 'live', version: '1' })
    const text = await runMlflowClient<string>(
      server,
      `
folder = mlflow.artifacts.download_artifacts(f'models:/{argument}-copy@live')
result = open(folder.rstrip('/') + '/weights.txt').read()
`,
      { argument: name },
    )
    expect(text).toBe('weights')
  })
})
