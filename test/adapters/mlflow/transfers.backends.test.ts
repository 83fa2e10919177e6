import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter, ArtifactExports, ArtifactImports, VersionKey } from '../../../src/contract/index.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { runMlflowClient } from '../../environment/python.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const contents = new Map<string, Buffer>([
  ['MLmodel', Buffer.from('flavors: {}\n')],
  ['empty', Buffer.alloc(0)],
  ['large.bin', Buffer.alloc(3_000_001, 'modelgate')],
  ...[
    'sub/folder/a b.txt',
    'sub/été/数.bin',
    'été 😀',
    '100%',
    '%x',
    'a?b&c=d',
    'a+b',
    'a;b,c:d',
    'back\\slash',
    '.hidden',
    'trailing ',
    `both ' and "`,
    '@[]{}~^|<>',
  ].map((path) => [path, Buffer.from(`content of ${path}`)] as const),
])
const paths = [...contents.keys()].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
/** MLflow's own client cuts names at a question mark; and the large file would not fit on a command line. */
const pathsOfClient = paths.filter((path) => path !== 'large.bin' && !path.includes('?'))

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

const digests = new Map(
  paths.map((path) => [
    path,
    createHash('sha256')
      .update(contents.get(path) ?? '')
      .digest('hex'),
  ]),
)

type Files = Adapter & { exports: ArtifactExports; imports: ArtifactImports }

describe.each(mlflowVersions)('files on MLflow %s', (release) => {
  const otherRelease = mlflowVersions.find((version) => version !== release) ?? release
  const unique = randomUUID().slice(0, 8)
  const model = `transfers-${unique}`
  let server: { url: string; python: string }
  let registry: Files
  let other: Files
  let original: VersionKey

  beforeAll(async () => {
    requireBackend(`mlflow ${release}`)
    server = inject('mlflow')[release]
    registry = (await openRegistry(server.url)) as Files
    other = (await openRegistry(inject('mlflow')[otherRelease].url)) as Files
    await newModel(registry)
    await newModel(other)
    original = await logModel()
  })
  afterAll(async () => {
    await registry?.close()
    await other?.close()
  })

  const newModel = (at: Adapter) =>
    at.writes?.models.create({ name: model, description: null, tags: [], idempotencyKey: null }, newCall())
  const newVersion = async (at: Adapter, source: string, runId: string | null): Promise<VersionKey> => {
    const rest = { description: null, tags: [], idempotencyKey: null }
    const version = await at.writes?.versions.create({ model, source, runId, ...rest }, newCall())
    return { model, version: version ?? '' }
  }
  const begin = (at: Files, id: string) =>
    at.imports.begin({ id: `${unique} ${id}`, model, origin: 'models://dev/été/1' }, newCall())

  /** As MLflow's own client puts files into a run. */
  async function logModel(): Promise<VersionKey> {
    const script = `
import base64, os, tempfile
run = client.create_run('0')
with tempfile.TemporaryDirectory() as folder:
    for path, content in argument.items():
        file = os.path.join(folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, 'wb') as f: f.write(base64.b64decode(content))
    client.log_artifacts(run.info.run_id, folder, 'model')
result = run.info.run_id
`
    const argument = Object.fromEntries(
      pathsOfClient.map((path) => [path, contents.get(path)?.toString('base64')]),
    )
    const runId = await runMlflowClient<string>(server, script, { argument })
    return newVersion(registry, `runs:/${runId}/model`, null)
  }

  async function copy(from: Files, key: VersionKey, to: Files, id: string): Promise<VersionKey> {
    const files = (await from.exports.files(key, newCall())) ?? []
    const upload = await begin(to, id)
    for (const file of files) {
      await upload.put(file, await from.exports.read(key, file.path, newCall()), newCall())
    }
    const { source, runId } = await upload.finish(files, newCall())
    return newVersion(to, source, runId)
  }

  async function digestsAt(at: Files, key: VersionKey): Promise<Map<string, string>> {
    const files = (await at.exports.files(key, newCall())) ?? []
    const found = new Map<string, string>()
    for (const { path } of files) {
      found.set(path, await digestOf(await at.exports.read(key, path, newCall())))
    }
    return found
  }

  it('are given away as MLflow’s own client put them, and arrive elsewhere the same', async () => {
    const expected = new Map(pathsOfClient.map((path) => [path, digests.get(path)]))
    expect(await digestsAt(registry, original)).toEqual(expected)
    const copied = await copy(registry, original, other, 'there')
    expect(await digestsAt(other, copied)).toEqual(expected)
    const back = await copy(other, copied, registry, 'and back')
    expect(await digestsAt(registry, back)).toEqual(expected)
  }, 120_000)

  it('are taken in, and read the same by MLflow’s own client', async () => {
    const upload = await begin(registry, 'taken in')
    const files = paths.map((path) => ({ path, sizeBytes: contents.get(path)?.length ?? null }))
    for (const file of files) {
      await upload.put(file, chunksOf(contents.get(file.path) ?? Buffer.alloc(0)), newCall())
    }
    await upload.put({ path: 'left/over', sizeBytes: null }, chunksOf(Buffer.from('x')), newCall())
    const { source, runId } = await upload.finish(files, newCall())
    expect(runId).toMatch(/^[0-9a-f]{32}$/)
    const below = new RegExp(`^mlflow-artifacts:/\\d+/${runId}/artifacts/model$`)
    expect(source).toMatch(release === '2.22.4' ? below : /^models:\/m-[0-9a-f]{32}$/)
    const key = await newVersion(registry, source, runId)
    expect(await digestsAt(registry, key)).toEqual(digests)
    const script = `
run = client.get_run(argument)
result = [run.info.status, run.info.run_name, run.data.tags['modelgate.origin']]
`
    expect(await runMlflowClient(server, script, { argument: runId })).toEqual([
      'FINISHED',
      'copy of models://dev/été/1',
      'models://dev/été/1',
    ])
  })

  it('that are taken in again go to the same place, and replace what is there', async () => {
    const text = (content: string) => chunksOf(Buffer.from(content))
    const first = await begin(registry, 'again')
    await first.put({ path: 'a', sizeBytes: 5 }, text('first'), newCall())
    await first.put({ path: 'b', sizeBytes: 1 }, text('x'), newCall())
    const second = await begin(registry, 'again')
    await second.put({ path: 'a', sizeBytes: 6 }, text('second'), newCall())
    const files = [{ path: 'a', sizeBytes: 6 }]
    const done = await second.finish(files, newCall())
    expect(await first.finish(files, newCall())).toEqual(done)
    const key = await newVersion(registry, done.source, done.runId)
    expect(await registry.exports.files(key, newCall())).toEqual(files)
    for (const touching of [
      () => begin(registry, 'again'),
      () => second.discard(newCall()),
      () => first.finish([{ path: 'b', sizeBytes: 1 }], newCall()),
    ]) {
      await expect(touching()).rejects.toMatchObject({
        code: 'ALREADY_EXISTS',
        message: `Version ${key.version} of the model "${model}" has these files already; they stay as they are.`,
      })
    }
    expect(await registry.exports.files(key, newCall())).toEqual(files)
    await registry.writes?.versions.delete?.(key, newCall())
    await second.discard(newCall())
    const third = await begin(registry, 'again')
    const empty = await third.finish([], newCall())
    expect(empty.runId).not.toBe(done.runId)
    await third.discard(newCall())
  })

  it('that are not whole are not taken for it', async () => {
    const upload = await begin(registry, 'broken')
    const put = (sizeBytes: number) =>
      upload.put({ path: 'a', sizeBytes }, chunksOf(Buffer.from('four')), newCall())
    await expect(put(5)).rejects.toMatchObject({ code: 'REGISTRY_ERROR', message: /fewer than 5/ })
    await expect(put(3)).rejects.toMatchObject({ code: 'REGISTRY_ERROR', message: /more than 3/ })
    await put(4)
    const finish = (...files: { path: string; sizeBytes: number | null }[]) => upload.finish(files, newCall())
    await expect(finish({ path: 'a', sizeBytes: 5 })).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    await expect(finish({ path: 'b', sizeBytes: 4 })).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    await finish({ path: 'a', sizeBytes: null })
    await upload.discard(newCall())
  })

  it.each(['a#b', 'a%20b', 'line\nbreak', '', 'a//b', '../a', './a', 'half\ud800'])(
    'that MLflow cannot name are refused: %j',
    async (path) => {
      const upload = await begin(registry, 'names')
      const refused = { code: 'UNSUPPORTED' }
      await expect(
        upload.put({ path, sizeBytes: 1 }, chunksOf(Buffer.from('x')), newCall()),
      ).rejects.toMatchObject(refused)
      await expect(registry.exports.read(original, path, newCall())).rejects.toMatchObject(refused)
    },
  )

  it('of a version that is not there are none', async () => {
    expect(await registry.exports.files({ model, version: '999' }, newCall())).toBeNull()
    expect(await registry.exports.files({ model, version: 'x' }, newCall())).toBeNull()
    await expect(registry.exports.read({ model, version: '999' }, 'a', newCall())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('in a store of somebody else are not given away', async () => {
    const key = await newVersion(registry, 's3://bucket/model', null)
    await expect(registry.exports.files(key, newCall())).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(registry.exports.read(key, 'a', newCall())).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  it('of many transfers at once share one experiment', async () => {
    const uploads = await Promise.all(
      Array.from({ length: 10 }, (_, index) => begin(registry, `many ${index}`)),
    )
    const runs = await Promise.all(uploads.map((upload) => upload.finish([], newCall())))
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(10)
    const script = 'result = [client.get_run(run_id).info.experiment_id for run_id in argument]'
    const argument = runs.map(({ runId }) => runId)
    const experiments = await runMlflowClient<string[]>(server, script, { argument })
    expect(new Set(experiments).size).toBe(1)
    await Promise.all(uploads.map((upload) => upload.discard(newCall())))
  })
})
