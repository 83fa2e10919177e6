import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArtifactReads } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { memory, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

describe('files below the artifact folder', () => {
  const outside = mkdtempSync(join(tmpdir(), 'modelgate-artifacts-'))
  const folder = join(outside, 'own')
  const root = join(folder, 'm', 'ü 1%')
  let database: GatewayDatabase
  let artifacts: ArtifactReads
  const uris = {
    '1': pathToFileURL(root).href,
    '2': pathToFileURL(outside).href,
    '3': `${pathToFileURL(folder).href}/../secret`,
    '4': 's3://bucket/model',
    '5': `file://elsewhere${folder}`,
    '6': pathToFileURL(join(folder, 'gone')).href,
    '7': pathToFileURL(join(folder, 'link')).href,
    '8': `${pathToFileURL(folder).href}-not`,
  }

  beforeAll(async () => {
    mkdirSync(join(root, 'data'), { recursive: true })
    mkdirSync(join(root, '..hidden'))
    mkdirSync(join(outside, 'secret'))
    mkdirSync(join(outside, 'own-not'))
    writeFileSync(join(root, 'MLmodel'), 'flavors: {}')
    writeFileSync(join(root, 'data', 'model.pkl'), 'x'.repeat(2048))
    symlinkSync(join(outside, 'secret'), join(root, 'link'))
    symlinkSync(join(outside, 'secret'), join(folder, 'link'))
    database = await openFrom(memory)
    const { adapter, store } = await openRegistry(database, 'registry', { artifactFolder: folder })
    await store.models.create({ name: 'm' })
    for (const artifactUri of Object.values(uris)) await store.versions.create({ model: 'm', artifactUri })
    if (adapter.artifacts === undefined) throw new Error('there should be artifacts')
    artifacts = adapter.artifacts
  })
  afterAll(async () => {
    await database.close()
    rmSync(outside, { recursive: true })
  })
  const list = (version: string, path = '') => artifacts.list({ model: 'm', version }, path, newCall())

  test('are listed one folder at a time', async () => {
    expect(await list('1')).toEqual([
      { path: '..hidden', isDirectory: true, sizeBytes: null, digest: null },
      { path: 'MLmodel', isDirectory: false, sizeBytes: 11, digest: null },
      { path: 'data', isDirectory: true, sizeBytes: null, digest: null },
    ])
    expect(await list('1', 'data')).toEqual([
      { path: 'data/model.pkl', isDirectory: false, sizeBytes: 2048, digest: null },
    ])
    expect(await list('1', '..hidden')).toEqual([])
  })

  test.each([
    'gone',
    'MLmodel',
    '..',
    '../..',
    '/',
    '/etc',
    'data/',
    '/data',
    './data',
    'data/../../..',
    'link',
    'link/x',
    'nul\0',
  ])('are not there at %j', async (path) => expect(await list('1', path)).toBeNull())

  test.each(['2', '3', '4', '5', '8'] as const)(
    'are not listed for version %s, which lies elsewhere',
    async (version) => {
      await expect(list(version)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    },
  )

  test('are not there in a folder that is gone, behind a link that leads out, or of no version', async () => {
    expect(await list('6')).toBeNull()
    expect(await list('7')).toBeNull()
    expect(await list('99')).toBeNull()
  })

  test('are located wherever they are', async () => {
    const keys = [...Object.keys(uris), '99'].map((version) => ({ model: 'm', version }))
    expect(await artifacts.locate(keys, newCall())).toEqual([...Object.values(uris), null])
  })
})

test('without an artifact folder the registry has no artifacts to list', async () => {
  const database = await openFrom(memory)
  const { adapter } = await openRegistry(database)
  expect(adapter.artifacts).toBeUndefined()
  expect(await adapter.describe(newCall())).toMatchObject({ levels: { artifacts: 'NONE' } })
  await database.close()
})
