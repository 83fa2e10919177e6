import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toProxiedPlace } from '../../../src/adapters/mlflow/reads/artifact-place.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { openAzure } from '../azure-ml/open-registry.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const key = { model: 'm', version: '1' }

describe('a location that leads elsewhere', () => {
  const requested: string[] = []
  let location = ''
  let adapter: Adapter
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    const version = {
      name: 'm',
      version: '1',
      run_id: '',
      source: location,
      current_stage: 'None',
      status: 'READY',
    }
    const times = { creation_timestamp: 1, last_updated_timestamp: 1 }
    const isFound = request.url?.includes('get-download-uri')
    response.end(
      JSON.stringify(
        isFound ? { artifact_uri: location } : { model_version: { ...version, ...times }, files: [] },
      ),
    )
  })
  let port = 0
  beforeAll(async () => {
    port = await listenOnLoopback(server)
    adapter = await openRegistry(`http://127.0.0.1:${port}/guarded`, { serverVersion: '3.17.2' })
  })
  afterAll(async () => {
    await adapter.close()
    await closeServer(server)
  })

  it.each([
    'mlflow-artifacts:/a/../../../../admin',
    'mlflow-artifacts:/..',
    'mlflow-artifacts:/a/./b',
    'mlflow-artifacts:/a\\..\\..',
    'mlflow-artifacts://other.example:5000/a',
  ])('%s is not asked for', async (elsewhere) => {
    location = elsewhere
    requested.length = 0
    for (const work of [
      () => adapter.artifacts?.list(key, '', newCall()),
      () => adapter.exports?.files(key, newCall()),
      () => adapter.exports?.read(key, 'model.bin', newCall()),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    }
    expect(requested.filter((path) => !path.includes('/api/2.0/mlflow/model-versions/'))).toEqual([])
  })

  it('is none when the host is that of the server itself, or the one it answers to', () => {
    const hosts = ['127.0.0.1:5000', 'mlflow.example']
    const place = { kind: 'proxied', folder: 'a/b' }
    expect(toProxiedPlace({ hosts }, 'mlflow-artifacts:/a/b')).toEqual(place)
    expect(toProxiedPlace({ hosts }, 'mlflow-artifacts:///a/b')).toEqual(place)
    expect(toProxiedPlace({ hosts }, 'mlflow-artifacts://127.0.0.1:5000/a/b')).toEqual(place)
    expect(toProxiedPlace({ hosts }, 'mlflow-artifacts://MLflow.example/a/b')).toEqual(place)
    expect(toProxiedPlace({ hosts }, 'mlflow-artifacts://other/a/b')).toBeNull()
  })

  it('is not asked for through the name of a file', async () => {
    location = 'mlflow-artifacts:/a'
    requested.length = 0
    const read = adapter.exports?.read(key, 'b\\..\\..\\..\\admin', newCall())
    await expect(read).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(requested.filter((path) => path.includes('admin'))).toEqual([])
  })

  it.each([
    '/elsewhere',
    '/guarded/../elsewhere',
    '/guarded/%2e%2e/elsewhere',
    '/guarded/..%2Felsewhere',
    '/guarded/..%5celsewhere',
  ])('is not followed by Azure ML out of the path of its endpoint: %s', async (elsewhere) => {
    const paths: string[] = []
    const azure = createServer((request, response) => {
      paths.push(request.url ?? '')
      response.end(
        JSON.stringify({ value: [], nextLink: `http://${request.headers.host}${elsewhere}?token=1` }),
      )
    })
    const registry = await openAzure(`http://127.0.0.1:${await listenOnLoopback(azure)}/guarded`)
    await expect(
      registry.models.list(
        { filter: null, order: [], limit: 1, after: null, continuation: null, includeArchived: false },
        newCall(),
      ),
    ).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('leads away from its endpoint'),
    })
    expect(paths.filter((path) => path.includes('elsewhere') || !path.startsWith('/guarded/'))).toEqual([])
    await registry.close()
    await closeServer(azure)
  })
})
