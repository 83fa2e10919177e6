import { randomUUID } from 'node:crypto'
import { RegistryError, type VersionKey } from '../../../contract/index.ts'
import { digestOf, fileOf, sampleTree } from '../../bench/sample-files.ts'
import { assertFiles, beginUpload, createOf, putFiles } from '../../bench/transfer-bench.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { absent, failure } from '../../expectations/expectations.ts'

const imports = 'modelgate/adapter: ArtifactImports'
const exports = 'modelgate/adapter: ArtifactExports'
const needs = ['exports', 'imports'] as const

export const transferChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-TRANSFER-001',
    level: 'MUST',
    title: 'Files that were taken in are given out again, to the byte',
    needs,
    source: imports,
    why: 'A model that was copied is the same model.',
    async run(bench) {
      const files = sampleTree()
      const model = await bench.createModel()
      const upload = await beginUpload(bench, model)
      await putFiles(upload, files, bench)
      await assertFiles(bench, await createOf(upload, files, bench, model), files)
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-002',
    level: 'SHOULD',
    title: 'Files with the oddest names are given out again under them',
    needs,
    source: imports,
    why: 'A file that is lost for its name is missed when the model is loaded.',
    async run(bench) {
      const names = ['100%.txt', 'a%20b.txt', 'hash#1.txt', 'what?.txt', `it's "odd".txt`, '\u{1f600}.txt']
      const files = names.map((name) => fileOf(`odd/${name}`, name))
      const model = await bench.createModel()
      const upload = await beginUpload(bench, model)
      await putFiles(upload, files, bench)
      await assertFiles(bench, await createOf(upload, files, bench, model), files)
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-003',
    level: 'MUST',
    title: 'A transfer that is tried again goes to the same place, and has the files given at the end',
    needs,
    source: 'modelgate/adapter: NewTransfer.id',
    why: 'A copy that broke off half-way is finished, with nothing left over in it.',
    async run(bench) {
      const model = await bench.createModel()
      const id = randomUUID()
      const kept = fileOf('kept.txt', 'From the first try.')
      const first = await beginUpload(bench, model, { id })
      await putFiles(first, [kept, fileOf('again.txt', 'Old.'), fileOf('old/left-over.txt', 'Gone.')], bench)
      const files = [kept, fileOf('again.txt', 'New, and longer.'), fileOf('new.txt', 'New.')]
      const second = await beginUpload(bench, model, { id })
      await putFiles(second, files.slice(1), bench)
      await assertFiles(bench, await createOf(second, files, bench, model), files)
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-004',
    level: 'MUST',
    title: 'Two transfers at once have two places',
    needs,
    source: 'modelgate/adapter: NewTransfer.id',
    why: 'A version with the files of another is the worst of wrong answers.',
    async run(bench) {
      const model = await bench.createModel()
      const contents = ['One.', 'Another.']
      const files = contents.map((content) => [
        fileOf('model.txt', content),
        fileOf(`${content}txt`, content),
      ])
      const keys = await Promise.all(
        files.map(async (own) => {
          const upload = await beginUpload(bench, model)
          await putFiles(upload, own, bench)
          return createOf(upload, own, bench, model)
        }),
      )
      for (const [index, key] of keys.entries()) await assertFiles(bench, key, files[index] ?? [])
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-005',
    level: 'MUST',
    title: 'A copy of a version has its files',
    needs,
    source: 'modelgate/adapter: NewVersion.source',
    why: 'It is deployed from its own name.',
    async run(bench) {
      const files = [fileOf('model.txt', 'Model.'), fileOf('data/weights.bin', 'Weights.')]
      const model = await bench.createModel()
      const upload = await beginUpload(bench, model)
      await putFiles(upload, files, bench)
      const original = await createOf(upload, files, bench, model)
      const source = `models:/${original.model}/${original.version}`
      await assertFiles(bench, await bench.createVersion(model, { source }), files)
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-006',
    level: 'MUST',
    title: 'The files of a version that is not there are null',
    needs: ['exports'],
    source: exports,
    why: 'An empty list would be copied as an empty model.',
    async run({ adapter, call, name, ...bench }) {
      const { model } = await bench.createVersion(await bench.createModel())
      for (const key of [
        { model, version: '99' },
        { model: name('-none'), version: '1' },
      ])
        absent(await adapter.exports?.files(key, call()), `the files of ${key.model} ${key.version}`)
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-007',
    level: 'MUST',
    title: 'Reading a file or a version that is not there fails with a RegistryError',
    needs,
    source: exports,
    why: 'An error page, or nothing, in the place of a model’s weights is found out when it is loaded.',
    async run(bench) {
      const key = await createWithFile(bench)
      for (const path of ['absent.txt', 'data/model.txt/x', 'data', ''])
        await failure(readFile(bench, key, path), `reading ${path}`)
      const missing = readFile(bench, { ...key, version: '99' }, 'data/model.txt')
      await failure(missing, 'reading of version 99', ['NOT_FOUND'])
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-008',
    level: 'SHOULD',
    title: 'Reading a file that is not there is NOT_FOUND',
    needs,
    source: exports,
    why: 'It is told from a registry that is broken.',
    async run(bench) {
      const key = await createWithFile(bench)
      await failure(readFile(bench, key, 'absent.txt'), 'reading absent.txt', ['NOT_FOUND'])
    },
  }),
  writeCheck({
    id: 'MG-TRANSFER-009',
    level: 'SHOULD',
    title: 'The files of a version are neither discarded nor replaced by a transfer of the same id',
    needs,
    source: 'modelgate/adapter: NewTransfer.id',
    why: 'An earlier try may have made the version, with nobody to hear of it.',
    async run(bench) {
      const model = await bench.createModel()
      const id = randomUUID()
      const files = [fileOf('model.txt', 'Model.')]
      const first = await beginUpload(bench, model, { id })
      await putFiles(first, files, bench)
      const key = await createOf(first, files, bench, model)
      await ifTaken(first.discard(bench.call()))
      await assertFiles(bench, key, files)
      const second = await ifTaken(beginUpload(bench, model, { id }))
      if (second) await ifTaken(putFiles(second, [fileOf('model.txt', 'Other.')], bench))
      await assertFiles(bench, key, files)
    },
  }),
]

/** Refusing is as good as another place. */
async function ifTaken<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (RegistryError.is(error)) return null
    throw error
  })
}

async function createWithFile(bench: WriteBench): Promise<VersionKey> {
  const files = [fileOf('data/model.txt', 'Model.')]
  const model = await bench.createModel()
  const upload = await beginUpload(bench, model)
  await putFiles(upload, files, bench)
  return createOf(upload, files, bench, model)
}

async function readFile({ adapter, call }: WriteBench, key: VersionKey, path: string): Promise<string> {
  return digestOf(await need(adapter.exports, 'exports').read(key, path, call()))
}
