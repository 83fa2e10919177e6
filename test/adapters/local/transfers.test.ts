import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultLocalConfig } from '../../../src/adapters/local/config.ts'
import { connectLocal } from '../../../src/adapters/local/connect.ts'
import { ownFolder } from '../../../src/adapters/local/files/version-folder.ts'
import {
  type ArtifactExports,
  type ArtifactImports,
  type ArtifactUpload,
  RegistryError,
  type TransferFile,
} from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { rounds } from '../../environment/rounds.ts'
import { memory, openFrom, silent } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const outside = mkdtempSync(join(tmpdir(), 'modelgate-transfers-'))
const folder = join(outside, 'own')
const secret = join(outside, 'secret')
let database: GatewayDatabase
let registry: OpenRegistry
let imports: ArtifactImports
let exports: ArtifactExports

beforeAll(async () => {
  mkdirSync(secret)
  writeFileSync(join(secret, 'key'), 'secret')
  database = await openFrom(memory)
  registry = await openRegistry(database, 'registry', { artifactFolder: folder })
  const { adapter, store } = registry
  await store.models.create({ name: 'm' })
  if (!adapter.imports || !adapter.exports) throw new Error('there should be transfers')
  imports = adapter.imports
  exports = adapter.exports
})
afterAll(async () => {
  await database.close()
  rmSync(outside, { recursive: true })
})

const begin = (id: string, model = 'm') =>
  imports.begin({ id, model, origin: 'models://other/m/1' }, newCall())
const placeOf = (id: string) => join(folder, 'registry', 'm', id)
const file = (path: string, sizeBytes: number | null = null): TransferFile => ({ path, sizeBytes })
const put = (upload: ArtifactUpload, path: string, text: string) =>
  upload.put(file(path, Buffer.byteLength(text)), chunks(text), newCall())
const createVersion = async (source: string) => ({
  model: 'm',
  version: await registry.store.versions.create({ model: 'm', source }),
})

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** Every file below a folder, with what it holds. */
function readTree(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((path) => [relative(root, path), readFileSync(path, 'utf8')]))
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('files that come in', () => {
  test('are where the source of the version says, and go out as they came', async () => {
    const upload = await begin('t 1')
    const texts = { MLmodel: 'abcde', 'data/ü 1%.bin': 'xyü12', 'data/deep/er': '12', empty: '' }
    const files = Object.entries(texts).map(([path, text]) => file(path, Buffer.byteLength(text)))
    await Promise.all(
      files.map((each) => {
        const letters = chunks(...(texts[each.path as keyof typeof texts] ?? ''))
        return upload.put(each, letters, newCall())
      }),
    )
    const { source, runId } = await upload.finish(files, newCall())
    expect(runId).toBeNull()
    expect(source).toBe(pathToFileURL(placeOf('t%201')).href)
    expect(readTree(placeOf('t%201'))).toEqual(texts)

    const key = await createVersion(source)
    expect(await exports.files(key, newCall())).toEqual([
      file('MLmodel', 5),
      file('data/deep/er', 2),
      file('data/ü 1%.bin', 6),
      file('empty', 0),
    ])
    for (const [path, text] of Object.entries(texts)) {
      expect(await readAll(await exports.read(key, path, newCall())), path).toBe(text)
    }
    expect(await registry.adapter.artifacts?.list(key, 'data', newCall())).toMatchObject([
      { path: 'data/deep', isDirectory: true },
      { path: 'data/ü 1%.bin', sizeBytes: 6 },
    ])
  })

  test('replace what an earlier try left, whatever that is', async () => {
    const first = await begin('again')
    await put(first, 'same', 'old')
    await put(first, 'was/folder', 'old')
    await put(first, 'was-file', 'old')
    await put(first, 'gone/with/its/folder', 'old')
    symlinkSync(secret, join(placeOf('again'), 'link'))
    symlinkSync(join(secret, 'key'), join(placeOf('again'), 'key'))
    writeFileSync(join(placeOf('again'), '.modelgate-x.part'), 'torn')

    const second = await begin('again')
    const texts = { same: 'new', was: 'new', 'was-file/folder': 'new', 'link/key': 'new', key: 'new' }
    for (const [path, text] of Object.entries(texts)) await put(second, path, text)
    const files = Object.keys(texts).map((path) => file(path, 3))
    expect(await second.finish(files, newCall())).toEqual({
      source: pathToFileURL(placeOf('again')).href,
      runId: null,
    })
    expect(readTree(placeOf('again'))).toEqual(texts)
    expect(existsSync(join(placeOf('again'), 'gone'))).toBe(false)
    expect(readTree(secret)).toEqual({ key: 'secret' })
  })

  test.each([
    ['itself', ''],
    ['in a folder of it', '/data'],
  ])('are not touched any more once a version has the place (%s)', async (_, below) => {
    const id = `used${below.length}`
    const upload = await begin(id)
    await put(upload, 'data/f', 'good')
    const { source } = await upload.finish([file('data/f', 4)], newCall())
    const { version } = await createVersion(source + below)
    const touching = [begin(id), upload.finish([file('other', 1)], newCall()), upload.discard(newCall())]
    for (const each of touching) {
      await expect(each).rejects.toMatchObject({
        code: 'ALREADY_EXISTS',
        message: `Version ${version} of the model "m" has these files already; they stay as they are.`,
      })
    }
    expect(readTree(placeOf(id))).toEqual({ 'data/f': 'good' })
    await registry.store.versions.delete({ model: 'm', version })
    await upload.discard(newCall())
    expect(existsSync(placeOf(id))).toBe(false)
  })

  test('are refused with more or fewer bytes than they should have, and leave what was there', async () => {
    const upload = await begin('sizes')
    await put(upload, 'f', 'good')
    for (const texts of [['abc'], ['abc', 'de'], ['abcd', 'e', 'f'], []]) {
      const putting = upload.put(file('f', 4), chunks(...texts), newCall())
      await expect(putting, texts.join()).rejects.toMatchObject({
        code: 'REGISTRY_ERROR',
        message: expect.stringContaining('"f"'),
      })
    }
    expect(readTree(placeOf('sizes'))).toEqual({ f: 'good' })
  })

  test('are not believed to be there before they are', async () => {
    const upload = await begin('missing')
    await put(upload, 'there', '1234')
    await upload.put(file('unsized'), chunks('12', '3'), newCall())
    const finish = (...files: TransferFile[]) => upload.finish(files, newCall())
    await expect(finish(file('there', 5), file('unsized'))).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    await expect(finish(file('there', 4), file('unsized'), file('not'))).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: 'The file "not" did not arrive.',
    })
    await expect(finish(file('there', 4), file('unsized', 3))).resolves.toMatchObject({ runId: null })
  })

  test('are taken away again', async () => {
    const upload = await begin('discarded')
    await put(upload, 'a/b', 'x')
    await upload.discard(newCall())
    await upload.discard(newCall())
    expect(existsSync(placeOf('discarded'))).toBe(false)
  })

  test.each(['', '.', '..', '../x', 'a/../../x', '/etc/x', 'a//b', 'a/', './a', 'nul\0'])(
    'never go to %j',
    async (path) => {
      const before = readTree(outside)
      const upload = await begin('hostile')
      await expect(put(upload, path, 'x')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
      await expect(upload.finish([file(path)], newCall())).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      })
      expect(readTree(outside)).toEqual(before)
    },
  )

  test('with a name that no folder takes are refused in words', async () => {
    const upload = await begin('long')
    await expect(put(upload, 'x'.repeat(300), 'x')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'The name of a file is too long to be kept.',
    })
    expect(readTree(placeOf('long'))).toEqual({})
  })

  test('have a folder of their own below the configured one, whatever the names are', async () => {
    const names = [
      '..',
      '.',
      '...',
      '.hidden',
      '',
      '/',
      '\\',
      '~',
      'a b',
      'a%20b',
      'ä',
      '😀',
      'nul\0',
      '\ud83d',
    ]
    const odd = [...names, 'x'.repeat(256), `${'x'.repeat(256)}y`, '😀'.repeat(256), '\udc00', 'a~b', '*']
    const sources = await Promise.all(
      odd.map(async (name) => {
        const upload = await begin(name, name)
        await put(upload, 'f', name.toWellFormed())
        return (await upload.finish([file('f')], newCall())).source
      }),
    )
    expect(new Set(sources).size).toBe(odd.length)
    for (const [index, source] of sources.entries()) {
      const [registryFolder, ...rest] = relative(folder, fileURLToPath(source)).split('/')
      expect(registryFolder).toBe('registry')
      expect(rest).toHaveLength(2)
      expect(readTree(fileURLToPath(source))).toEqual({ f: odd[index]?.toWellFormed() })
    }
  })

  test('do not follow a link that lies on the way', async () => {
    symlinkSync(secret, join(folder, 'registry', 'linked'))
    await expect(begin('t', 'linked')).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    expect(readTree(secret)).toEqual({ key: 'secret' })
  })

  test('are left at once when nobody waits any more, though their source hangs', async () => {
    const upload = await begin('hanging')
    const controller = new AbortController()
    const asked = Promise.withResolvers<void>()
    async function* hanging(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x')
      asked.resolve()
      await new Promise(() => {})
    }
    const putting = upload.put(file('f'), hanging(), newCall(controller.signal))
    const outcome = expect(putting).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    await asked.promise
    controller.abort()
    await outcome
    await expect.poll(() => readTree(placeOf('hanging'))).toEqual({})

    const refusal = new RegistryError('RATE_LIMITED', 'the source has enough')
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('x')
      throw refusal
    }
    await expect(upload.put(file('f'), failing(), newCall())).rejects.toBe(refusal)
    expect(readTree(placeOf('hanging'))).toEqual({})
  })
})

describe('files that go out', () => {
  test('are those of a version that is there', async () => {
    const missing = { model: 'm', version: '999' }
    expect(await exports.files(missing, newCall())).toBeNull()
    await expect(exports.read(missing, 'x', newCall())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test.each([
    's3://bucket/x',
    'runs:/r/x',
    'models://other/m/1',
    pathToFileURL(secret).href,
    `${pathToFileURL(folder).href}/../secret`,
    pathToFileURL(join(folder, 'gone')).href,
  ])('are not those of %s', async (source) => {
    const key = await createVersion(source)
    await expect(exports.files(key, newCall())).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(exports.read(key, 'key', newCall())).rejects.toBeInstanceOf(RegistryError)
  })

  test('are neither links nor behind links', async () => {
    const root = join(folder, 'by-hand')
    mkdirSync(join(root, 'data'), { recursive: true })
    writeFileSync(join(root, 'data', 'f'), 'text')
    symlinkSync(join(secret, 'key'), join(root, 'key'))
    symlinkSync(secret, join(root, 'secret'))
    const key = await createVersion(pathToFileURL(root).href)
    expect(await exports.files(key, newCall())).toEqual([file('data/f', 4)])
    for (const path of [
      'key',
      'secret/key',
      '../by-hand/data/f',
      'data',
      '',
      '/data/f',
      'data/f/',
      'nul\0',
    ]) {
      await expect(exports.read(key, path, newCall()), path).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('come no faster than they are taken, and stop with the call', async () => {
    const upload = await begin('large')
    const size = 8 * 1024 * 1024
    await upload.put(file('f', size), chunks(...Array(8).fill('x'.repeat(1024 * 1024))), newCall())
    const { source } = await upload.finish([file('f', size)], newCall())
    const key = await createVersion(source)
    const controller = new AbortController()
    const bytes = await exports.read(key, 'f', newCall(controller.signal))
    let taken = 0
    const reading = async () => {
      for await (const chunk of bytes) {
        taken += chunk.byteLength
        controller.abort()
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    expect(taken).toBeLessThan(1024 * 1024)
  })
})

test('a closed registry takes no files and gives none', async () => {
  const { adapter, store } = await openRegistry(database, 'closing', { artifactFolder: folder })
  await store.models.create({ name: 'm' })
  const upload = await adapter.imports?.begin(
    { id: 'closed', model: 'm', origin: 'models://x/y/1' },
    newCall(),
  )
  if (!upload) throw new Error('there should be an upload')
  await adapter.close()
  await expect(put(upload, 'f', 'x')).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  await expect(upload.finish([], newCall())).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  await expect(adapter.exports?.files({ model: 'm', version: '1' }, newCall())).rejects.toMatchObject({
    code: 'REGISTRY_UNAVAILABLE',
  })
})

test('without an artifact folder there are no transfers', async () => {
  const { adapter } = await openRegistry(database, 'bare')
  expect(adapter.imports).toBeUndefined()
  expect(adapter.exports).toBeUndefined()
})

describe('a transfer that is discarded', () => {
  test('leaves no folder behind, and those of others as they are', async () => {
    const kept = await begin('kept', 'shared')
    await put(kept, 'a', 'a')
    const given = await begin('given-up', 'shared')
    await given.discard(newCall())
    expect(existsSync(join(folder, 'registry', 'shared', 'kept', 'a'))).toBe(true)
    await kept.discard(newCall())
    expect(existsSync(join(folder, 'registry', 'shared'))).toBe(false)
    expect(existsSync(folder)).toBe(true)
    await kept.discard(newCall())
  })
})

describe('a disk that would be full', () => {
  const full = async () => {
    const { adapter } = await openRegistry(database, 'full', {
      artifactFolder: folder,
      minFreeBytes: 2 ** 53 - 1,
    })
    const upload = await adapter.imports?.begin({ id: 't', model: 'm', origin: 'models://o/m/1' }, newCall())
    if (!upload) throw new Error('there should be transfers')
    return upload
  }

  test('takes no file, and says what to do', async () => {
    const upload = await full()
    const failure = upload.put(file('a', 1), chunks('a'), newCall())
    await expect(failure).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(/minFreeBytes.*make room/),
    })
    expect(readTree(join(folder, 'full'))).toEqual({})
  })
})

describe('registries that share a folder', () => {
  const open = (own: string, other: string) =>
    connectLocal(
      { ...defaultLocalConfig, artifactFolder: folder },
      { registry: own, log: silent, database, foreignFolders: [ownFolder(folder, other)] },
    )

  test("do not read each other's files, by whatever source", async () => {
    const victim = open('victim', 'curious')
    const curious = open('curious', 'victim')
    const upload = await victim.imports?.begin({ id: 't', model: 'm', origin: 'models://o/m/1' }, newCall())
    await upload?.put(file('key', 6), chunks('secret'), newCall())
    const place = join(folder, 'victim', 'm', 't')
    mkdirSync(join(folder, 'curious'), { recursive: true })
    symlinkSync(place, join(folder, 'curious', 'link'))
    const { writes } = curious
    await writes?.models.create({ name: 'm', description: null, tags: [], idempotencyKey: null }, newCall())
    for (const path of [place, join(folder, 'victim'), folder, join(folder, 'curious', 'link')]) {
      const source = pathToFileURL(path).href
      const version = await writes?.versions.create(
        { model: 'm', source, runId: null, description: null, tags: [], idempotencyKey: null },
        newCall(),
      )
      const key = { model: 'm', version: version ?? '' }
      const said = async (work: Promise<unknown> | undefined) =>
        JSON.stringify(await work?.catch((error: unknown) => String(error)))
      expect(await said(curious.artifacts?.list(key, '', newCall())), path).not.toContain('victim/m')
      expect(await said(curious.exports?.files(key, newCall())), path).toMatch(
        /UNSUPPORTED|another registry|not there/,
      )
      expect(await said(curious.exports?.read(key, 'key', newCall())), path).toMatch(
        /another registry|has no file/,
      )
    }
  })
})

describe('a folder that becomes a link while a file of it is opened', () => {
  test('is never followed out', async () => {
    const upload = await begin('swapped')
    await put(upload, 'data/key', 'own')
    const version = await createVersion((await upload.finish([file('data/key', 3)], newCall())).source)
    const data = join(placeOf('swapped'), 'data')
    let isSwapping = true
    const swap = (async () => {
      while (isSwapping) {
        renameSync(data, `${data}-aside`)
        symlinkSync(secret, data)
        await wait(Math.random() * 2)
        rmSync(data)
        renameSync(`${data}-aside`, data)
        await wait(Math.random() * 2)
      }
    })()
    const seen = new Set<string>()
    for (let round = 0; round < rounds(300, 2000); round++) {
      const text = await exports
        .read(version, 'data/key', newCall())
        .then(readAll)
        .catch((error: unknown) => (RegistryError.is(error) ? error.code : String(error)))
      seen.add(text)
    }
    isSwapping = false
    await swap
    expect([...seen]).not.toContain('secret')
    expect([...seen]).toContain('own')
  })
})
