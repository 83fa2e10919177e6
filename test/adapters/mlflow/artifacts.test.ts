import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

type Answer = (query: URLSearchParams) => object | null

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A server that answers so below `/api/2.0/mlflow/`; null: not there. */
async function connect(answers: Record<string, Answer>): Promise<Adapter> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://loopback')
    const answer = answers[pathname.replace('/api/2.0/mlflow/', '')]?.(searchParams)
    if (answer) response.end(JSON.stringify(answer))
    else response.writeHead(404).end('{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}')
  })
  const registry = await openRegistry(`http://127.0.0.1:${await listenOnLoopback(server)}`)
  open.push(
    () => closeServer(server),
    () => registry.close(),
  )
  return registry
}

const key = { model: 'm', version: '1' }
const versionOfRun = {
  'model-versions/get': () => ({ model_version: { name: 'm', version: '1', run_id: 'r' } }),
}
const runAt = (artifact_uri: string) => ({
  'runs/get': () => ({ run: { info: { run_id: 'r', artifact_uri } } }),
})
const storedAt = (artifact_uri: string) => ({ 'model-versions/get-download-uri': () => ({ artifact_uri }) })

describe('the files of a version', () => {
  it('that MLflow 1.x left as copies of copies are found', async () => {
    const uris: Record<string, string> = { m: 'models:/a/b:c/2', 'a/b:c': 's3://bucket/m' }
    const registry = await connect({
      'model-versions/get-download-uri': (query) => ({ artifact_uri: uris[query.get('name') ?? ''] }),
    })
    expect(await registry.artifacts?.locate([key], newCall())).toEqual(['s3://bucket/m'])
  })

  it('that are copies of each other are nowhere, which is said', async () => {
    const registry = await connect(storedAt('models:/m/1'))
    expect(await registry.artifacts?.locate([key], newCall())).toMatchObject([
      { code: 'UNSUPPORTED', message: expect.stringContaining('cannot be found') },
    ])
  })

  it('in a store of their own are listed as part of their run, over all pages', async () => {
    const pages: Record<string, object> = {
      '': { files: [{ path: 'model/sub/z', is_dir: false, file_size: '7' }], next_page_token: 'more' },
      more: { files: [{ path: 'model/sub/a', is_dir: true }] },
    }
    const asked: (string | null)[] = []
    const registry = await connect({
      ...storedAt('s3://bucket/1/r/artifacts/model'),
      ...versionOfRun,
      ...runAt('s3://bucket/1/r/artifacts'),
      'artifacts/list': (query) => {
        asked.push(query.get('path'))
        return pages[query.get('page_token') ?? ''] ?? null
      },
    })
    expect(await registry.artifacts?.list(key, 'sub', newCall())).toEqual([
      { path: 'sub/a', isDirectory: true, sizeBytes: null, digest: null },
      { path: 'sub/z', isDirectory: false, sizeBytes: 7, digest: null },
    ])
    expect(asked).toEqual(['model/sub', 'model/sub'])
  })

  it.each<[string, Record<string, Answer>]>([
    ['outside their run', { ...versionOfRun, ...runAt('s3://bucket/1/other/artifacts') }],
    ['of a run that is gone', versionOfRun],
    [
      'of no run',
      { 'model-versions/get': () => ({ model_version: { name: 'm', version: '1', run_id: '' } }) },
    ],
  ])('%s cannot be listed', async (_, answers) => {
    const registry = await connect({ ...storedAt('s3://bucket/1/r/artifacts/model'), ...answers })
    await expect(registry.artifacts?.list(key, '', newCall())).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  it('of a version that is not there are null', async () => {
    const registry = await connect({})
    expect(await registry.artifacts?.list(key, '', newCall())).toBeNull()
    expect(await registry.artifacts?.list({ model: 'm', version: 'x' }, '', newCall())).toBeNull()
  })
})
