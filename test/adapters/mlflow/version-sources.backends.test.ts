import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { runMlflowClient } from '../../environment/python.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

interface Run {
  id: string
  root: string
}

const makeRuns = `
import os, tempfile
def make():
    run = client.create_run('0')
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'MLmodel'), 'w') as f: f.write('flavors: {}')
        client.log_artifacts(run.info.run_id, folder, 'model')
    return {'id': run.info.run_id, 'root': run.info.artifact_uri}
result = [make(), make()]
`

describe.each(mlflowVersions)('the sources of new versions on MLflow %s', (release) => {
  const model = `sources-${randomUUID().slice(0, 8)}`
  let server: { url: string; python: string }
  let registry: Adapter
  let run: Run
  let otherRun: Run

  beforeAll(async () => {
    requireBackend(`mlflow ${release}`)
    server = inject('mlflow')[release]
    registry = await openRegistry(server.url)
    await newModel(model)
    const [first, second] = await runMlflowClient<[Run, Run]>(server, makeRuns)
    run = first
    otherRun = second
  })
  afterAll(() => registry?.close())

  const newModel = (name: string) =>
    registry.writes?.models.create({ name, description: null, tags: [], idempotencyKey: null }, newCall())
  const create = async (source: string, runId: string | null = null, name = model) => {
    const rest = { description: null, tags: [], idempotencyKey: null }
    const version = await registry.writes?.versions.create({ model: name, source, runId, ...rest }, newCall())
    return { model: name, version: version ?? '' }
  }
  const read = async (key: { model: string; version: string }) => {
    const [version] = await registry.versions.get([key], newCall())
    const [location] = (await registry.artifacts?.locate([key], newCall())) ?? []
    return { ...version, location }
  }
  const countVersions = async () => (await registry.versions.ofModels([model], 1, newCall()))[0]

  it('read back as they were given, with their run and the place of the files', async () => {
    const own = `${run.root}/model`
    expect(await read(await create(`runs:/${run.id}/model`))).toMatchObject({
      source: `runs:/${run.id}/model`,
      runId: run.id,
      location: own,
    })
    expect(await read(await create(`runs:/${run.id}`, run.id))).toMatchObject({
      source: `runs:/${run.id}`,
      location: run.root,
    })
    expect(await read(await create(own, run.id))).toMatchObject({ source: own, location: own })
    expect(await read(await create('s3://bucket/a b/é'))).toMatchObject({
      source: 's3://bucket/a b/é',
      runId: null,
      location: 's3://bucket/a b/é',
    })
  })

  it('give the files of a run, and those of its copy', async () => {
    const key = await create(`runs:/${run.id}/model`)
    const copy = await create(`models:/${model}/${key.version}`)
    for (const version of [key, copy]) {
      expect(await registry.artifacts?.list(version, '', newCall())).toMatchObject([
        { path: 'MLmodel', sizeBytes: 11 },
      ])
      expect(await registry.exports?.files(version, newCall())).toEqual([{ path: 'MLmodel', sizeBytes: 11 }])
    }
  })

  it('that are a version of an oddly named model are copies, with its run', async () => {
    const sources: string[] = []
    const copies: string[] = []
    for (const odd of ['a b', "it's", 'back\\slash', 'a@b;c', 'été 😀', '100%25', ' blanks ']) {
      const name = `${model} ${odd}`
      await newModel(name)
      await create('s3://bucket/original', run.id, name)
      const copy = { source: `models:/${name}/1`, runId: run.id, location: 's3://bucket/original' }
      const key = await create(copy.source)
      expect(await read(key)).toMatchObject(copy)
      expect(await read(await create(copy.source, run.id))).toMatchObject(copy)
      sources.push(copy.source)
      copies.push(key.version)
    }
    const script = `
name, versions = argument
found = [client.get_model_version(name, version) for version in versions]
result = [[v.source, v.run_id] for v in found]
`
    expect(await runMlflowClient(server, script, { argument: [model, copies] })).toEqual(
      sources.map((source) => [source, run.id]),
    )
  })

  it('that are a version without a run are copies without one', async () => {
    const { version } = await create('s3://bucket/alone')
    expect(await read(await create(`models:/${model}/${version}`))).toMatchObject({ runId: null })
  })

  it('that are where a run keeps files are its own, as far as the server can tell', async () => {
    const own = `${run.root}/model`
    if (release === '2.22.4') {
      await expect(create(own)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    } else {
      expect(await read(await create(own))).toMatchObject({ source: own, runId: run.id, location: own })
    }
  })

  it.each<[string, string, RegExp, () => string | null]>([
    ['models:/NAME/99', 'NOT_FOUND', /has no version "99"/, () => null],
    ['models:/a?b/1', 'BAD_USER_INPUT', /cannot copy a model whose name/, () => null],
    ['models:/NAME@champion', 'BAD_USER_INPUT', /models:\/NAME\/VERSION/, () => null],
    ['runs:/nowhere/model', 'NOT_FOUND', /There is no run "nowhere"/, () => null],
    ['runs:/RUN/model', 'BAD_USER_INPUT', /not of "[0-9a-f]{32}"/, () => otherRun.id],
    ['ROOT/model', 'BAD_USER_INPUT', /artifacts: COPY/, () => otherRun.id],
    ['ROOT-and-more/model', 'BAD_USER_INPUT', /artifacts: COPY/, () => run.id],
    ['ROOT/../../x', 'BAD_USER_INPUT', /relative path/, () => run.id],
    ['mlflow-artifacts:/9/elsewhere/artifacts', 'BAD_USER_INPUT', /artifacts: COPY/, () => null],
    ['mlflow-artifacts:/9/elsewhere/artifacts', 'NOT_FOUND', /no run/, () => 'f'.repeat(32)],
    ['/srv/models/a', 'BAD_USER_INPUT', /path on a disk/, () => null],
    ['/srv/models/a', 'BAD_USER_INPUT', /artifact directory of the run/, () => run.id],
    ['file:///srv/models/a', 'BAD_USER_INPUT', /path on a disk/, () => null],
    ['file://host/srv/models/a', 'BAD_USER_INPUT', /path on a disk/, () => run.id],
    ['s3://bucket/../a', 'BAD_USER_INPUT', /relative path/, () => null],
    ['', 'BAD_USER_INPUT', /path on a disk/, () => null],
  ])('%j is refused with %s %s', async (source, code, message, runId) => {
    const before = await countVersions()
    const given = source.replace('NAME', model).replace('RUN', run.id).replace('ROOT', run.root)
    await expect(create(given, runId())).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      nothingWritten: true,
    })
    expect(await countVersions()).toEqual(before)
  })
})
