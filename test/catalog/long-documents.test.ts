import { expect, it } from 'vitest'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { inParts } from '../../src/state/catalog/search/document-parts.ts'
import { createFileSource, openFrom, silent } from '../state/database-source.ts'
import { expectIndexInStep } from './index-in-step.ts'
import { openProcess } from './open-process.ts'

const million = 'w'.repeat(1_000_000)

async function partsOf(ids: readonly number[], words: string) {
  const document = { words: '', tokens: [words] }
  const make = async (some: readonly number[]) => new Map(some.map((id) => [id, document] as const))
  const parts: { ids: number[]; last: number }[] = []
  for await (const { documents, last } of inParts(ids, { atOnce: 2, make })) {
    parts.push({ ids: [...documents.keys()], last })
  }
  return parts
}

it('documents that say little come in one part, and those that say much in several', async () => {
  const ids = Array.from({ length: 11 }, (_, index) => index + 1)
  expect(await partsOf([], million)).toEqual([])
  expect(await partsOf(ids, 'w')).toEqual([{ ids, last: 11 }])
  expect(await partsOf(ids, million)).toEqual([
    { ids: ids.slice(0, 8), last: 8 },
    { ids: ids.slice(8), last: 11 },
  ])
})

it('one step of a first sweep takes in no more than can be held, however much its versions say', async () => {
  const source = createFileSource()
  const database = await openFrom(source)
  const store = createLocalStore(database, 'main')
  await store.models.create({ name: 'churn' })
  const words = Array.from({ length: 2000 }, (_, index) => '7'.repeat(36) + (1000 + index)).join(' ')
  for (let left = 150; left > 0; left--) {
    await store.versions.create({ model: 'churn', source: 's3://b/x', description: words })
  }
  const adapter = connectLocal(defaultLocalConfig, { registry: 'main', log: silent, database })
  const process = openProcess(database, adapter)
  const taken: number[] = []
  await syncOnce(process, 'main', process.settings, {
    fullSince: null,
    waitMs: 2000,
    signal: new AbortController().signal,
    onProgress: (progress) => {
      if (progress.phase === 'words') taken.push(progress.taken)
    },
  })
  // The model with its newest version, then the others.
  expect(taken).toEqual([2, 102, 151])
  await expectIndexInStep(database)
  await process.federation.close()
  await database.close()
  await source.dispose()
})
