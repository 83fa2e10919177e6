import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void
type Answers = Record<string, Answer>

const send =
  (body: object, status = 200): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const refuse = (status: number, error_code: string, message = 'no') => send({ error_code, message }, status)

/** A server that answers so, by method and path below `/api/2.0/`, and what it was asked. */
async function connect(answers: Answers): Promise<{ registry: Adapter; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://loopback')
    const asking = `${request.method} ${pathname.replace('/api/2.0/', '')}`
    asked.push(asking)
    request.resume()
    const answer = answers[asking] ?? refuse(404, 'RESOURCE_DOES_NOT_EXIST')
    answer(request, response)
  })
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const registry = await openRegistry(url, { serverVersion: '3.17.2' })
  open.push(
    () => closeServer(server),
    () => registry.close(),
  )
  return { registry, asked }
}

const race = refuse(400, 'BAD_REQUEST', 'UNIQUE constraint failed')

/** Once the first answer, then always the second. */
function firstThen(first: Answer, then: Answer): Answer {
  let count = 0
  return (request, response) => (count++ === 0 ? first : then)(request, response)
}

describe('a write to MLflow', () => {
  const look = 'GET mlflow/registered-models/search'
  const there = { [look]: send({ registered_models: [{ name: 'm' }] }) }
  const update = 'PATCH mlflow/registered-models/update'
  const setTag = 'POST mlflow/registered-models/set-tag'
  const tag = [{ key: 'a', value: 'b' }]

  it('that loses the race for a new row is tried once more', async () => {
    const { registry, asked } = await connect({ ...there, [setTag]: firstThen(race, send({})) })
    await registry.writes?.models.setTags?.('m', tag, newCall())
    expect(asked).toEqual([look, setTag, setTag])
  })

  it('that loses it again is a conflict', async () => {
    const { registry, asked } = await connect({ ...there, [setTag]: race })
    await expect(registry.writes?.models.setTags?.('m', tag, newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(asked).toEqual([look, setTag, setTag])
  })

  it.each<[string, Answer]>([
    ['is not answered', (request) => request.socket.destroy()],
    ['fails', refuse(500, 'INTERNAL_ERROR')],
    ['is answered by something else', (_, response) => void response.end('<html>')],
  ])('that %s is not repeated, and may have been done', async (_, answer) => {
    const { registry, asked } = await connect({ ...there, [update]: answer })
    await expect(registry.writes?.models.describe?.('m', 'x', newCall())).rejects.toMatchObject({
      nothingWritten: false,
    })
    expect(asked).toEqual([look, update])
  })

  it('whose look before fails has certainly written nothing', async () => {
    const failing = refuse(500, 'INTERNAL_ERROR')
    const { registry, asked } = await connect({
      'GET mlflow/registered-models/search': failing,
      'GET mlflow/model-versions/get': failing,
      'GET mlflow/runs/get': failing,
    })
    const key = { model: 'm', version: '1' }
    const version = { model: 'm', description: null, tags: [], idempotencyKey: null }
    const transition = { stage: 'Production', archiveExisting: null, expected: 'None' }
    const writes = [
      () => registry.writes?.models.describe?.('m', 'x', newCall()),
      () => registry.writes?.versions.delete?.(key, newCall()),
      () => registry.writes?.aliases?.set({ model: 'm', alias: 'a' }, '1', undefined, newCall()),
      () => registry.writes?.stages?.transition(key, transition, newCall()),
      () => registry.writes?.versions.create({ ...version, source: 'runs:/r/a', runId: null }, newCall()),
    ]
    for (const write of writes) {
      await expect(write()).rejects.toMatchObject({ code: 'REGISTRY_ERROR', nothingWritten: true })
    }
    expect(asked.filter((asking) => !asking.startsWith('GET'))).toEqual([])
  })

  it('of an alias needs a server that has them', async () => {
    const registry = await openRegistry('http://127.0.0.1:9', { serverVersion: '1.30.1' })
    open.push(() => registry.close())
    await expect(
      registry.writes?.aliases?.set({ model: 'm', alias: 'a' }, '1', undefined, newCall()),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })
})

describe('a transfer into MLflow', () => {
  const getExperiment = 'GET mlflow/experiments/get-by-name'
  const restore = 'POST mlflow/experiments/restore'
  const createExperiment = 'POST mlflow/experiments/create'
  const search = 'POST mlflow/runs/search'
  const createRun = 'POST mlflow/runs/create'
  const searchVersions = 'GET mlflow/model-versions/search'
  const experiment = (artifact_location: string, lifecycle_stage = 'active') =>
    send({ experiment: { experiment_id: '7', artifact_location, lifecycle_stage } })
  const run = { info: { run_id: 'r', experiment_id: '7', artifact_uri: 'mlflow-artifacts:/7/r/artifacts' } }
  const searchModels = 'POST mlflow/logged-models/search'
  const createLoggedModel = 'POST mlflow/logged-models'
  const logOutputs = 'POST mlflow/runs/outputs'
  const model = {
    info: { model_id: 'm-1', name: 'model', artifact_uri: 'mlflow-artifacts:/7/models/m-1/artifacts' },
  }
  const transfer = { id: 't', model: 'm', origin: 'models://dev/m/1' }

  it('brings back an experiment that was deleted', async () => {
    const { registry, asked } = await connect({
      [getExperiment]: experiment('mlflow-artifacts:/7', 'deleted'),
      [restore]: send({}),
      [search]: send({}),
      [createRun]: send({ run }),
      [searchModels]: send({}),
      [createLoggedModel]: send({ model }),
      [logOutputs]: send({}),
    })
    await registry.imports?.begin(transfer, newCall())
    const ofModel = [searchModels, createLoggedModel, logOutputs]
    expect(asked).toEqual([getExperiment, restore, search, createRun, ...ofModel])
  })

  it('takes the experiment that another has made meanwhile', async () => {
    const { registry, asked } = await connect({
      [getExperiment]: firstThen(refuse(404, 'RESOURCE_DOES_NOT_EXIST'), experiment('mlflow-artifacts:/7')),
      [createExperiment]: refuse(400, 'RESOURCE_ALREADY_EXISTS'),
      [search]: send({ runs: [run] }),
      [searchVersions]: send({}),
      [searchModels]: send({ models: [model] }),
    })
    await registry.imports?.begin(transfer, newCall())
    const ofRun = [search, searchVersions, searchModels]
    expect(asked).toEqual([getExperiment, createExperiment, getExperiment, ...ofRun])
  })

  it.each(['s3://bucket/7', '/srv/mlruns/7', 'file:///srv/mlruns/7'])(
    'makes nothing where runs keep their files in %s',
    async (location) => {
      const { registry, asked } = await connect({ [getExperiment]: experiment(location) })
      await expect(registry.imports?.begin(transfer, newCall())).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        message: expect.stringContaining('--serve-artifacts'),
      })
      expect(asked).toEqual([getExperiment])
    },
  )
})

describe('a transfer out of MLflow', () => {
  const located = {
    'GET mlflow/model-versions/get-download-uri': send({ artifact_uri: 'mlflow-artifacts:/7/r/m' }),
  }
  const key = { model: 'm', version: '1' }

  it('that breaks off is an error and not a short file', async () => {
    const { registry } = await connect({
      ...located,
      'GET mlflow-artifacts/artifacts/7/r/m/a%20b': (_, response) =>
        void response.write('some', () => response.destroy()),
    })
    const bytes = await registry.exports?.read(key, 'a b', newCall())
    const read = async () => {
      for await (const chunk of bytes ?? []) expect(Buffer.from(chunk).toString()).toBe('some')
    }
    await expect(read()).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  it('of a file that is not there says so by its name', async () => {
    const { registry } = await connect(located)
    await expect(registry.exports?.read(key, 'a', newCall())).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'Version 1 of the model "m" has no file "a".',
    })
  })
})

describe('the place of a logged model', () => {
  it('is its own, though it is named as part of its run', async () => {
    const model_outputs = [
      { model_id: 'm-1', step: 1 },
      { model_id: 'm-2', step: 2 },
      { model_id: 'm-3', step: 3 },
    ]
    const logged = (model_id: string) => ({
      info: { model_id, name: 'classifier', artifact_uri: `s3://bucket/7/models/${model_id}/artifacts` },
    })
    const { registry, asked } = await connect({
      'GET mlflow/model-versions/get-download-uri': send({ artifact_uri: 'runs:/r/classifier/sub' }),
      'GET mlflow/runs/get': send({
        run: {
          info: { run_id: 'r', experiment_id: '7', artifact_uri: 's3://bucket/7/r/artifacts' },
          outputs: { model_outputs },
        },
      }),
      'POST mlflow/logged-models/search': send({ models: [logged('m-1'), logged('m-2')] }),
    })
    expect(await registry.artifacts?.locate([{ model: 'm', version: '1' }], newCall())).toEqual([
      's3://bucket/7/models/m-2/artifacts/sub',
    ])
    expect(asked).toHaveLength(3)
  })
})
