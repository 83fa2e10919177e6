import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ArtifactUpload } from '../../../contract/index.ts'
import { chunksOf, fileOf } from '../../bench/sample-files.ts'
import { assertFiles, beginUpload, createOf, finishUpload, putFiles } from '../../bench/transfer-bench.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { assertTimeout, failure } from '../../expectations/expectations.ts'

const source = 'modelgate/adapter: ArtifactUpload'

/** Puts a text of another length than is said. */
function putWrong(upload: ArtifactUpload, sizeBytes: number, { call }: WriteBench): Promise<void> {
  const bytes = new TextEncoder().encode('Ten bytes.')
  return upload.put({ path: 'model.txt', sizeBytes }, chunksOf(bytes), call())
}

/** One chunk, and then nothing more for ever. */
async function* endless(onWait: () => void): AsyncIterable<Uint8Array> {
  yield new Uint8Array(1000)
  onWait()
  await new Promise(() => {})
}

export const uploadChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-UPLOAD-001',
    level: 'MUST',
    title: 'A file of which fewer bytes come than were said is refused',
    needs: ['imports'],
    source,
    why: 'A connection that broke must not become half a model.',
    async run(bench) {
      const upload = await beginUpload(bench, await bench.createModel())
      await failure(putWrong(upload, 11, bench), 'put of one byte too few')
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-002',
    level: 'MUST',
    title: 'A file of which more bytes come than were said is refused',
    needs: ['imports'],
    source,
    why: 'It is another file than the one that was listed.',
    async run(bench) {
      const upload = await beginUpload(bench, await bench.createModel())
      await failure(putWrong(upload, 9, bench), 'put of one byte too many')
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-003',
    level: 'MUST',
    title: 'A file of unknown size is taken, and a file put again replaces the first',
    needs: ['imports', 'exports'],
    source,
    why: 'Not every registry says how large its files are, and a try that failed is tried again.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginUpload(bench, model)
      await failure(putWrong(upload, 11, bench), 'put of one byte too few')
      await putFiles(upload, [fileOf('model.txt', 'The first one, which is longer.')], bench)
      const file = fileOf('model.txt', 'The second one.')
      await upload.put({ path: file.path, sizeBytes: null }, chunksOf(file.bytes), bench.call())
      await assertFiles(bench, await createOf(upload, [file], bench, model), [file])
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-004',
    level: 'MUST',
    title: 'Finishing with a file that is not there, or of another size, is REGISTRY_ERROR',
    needs: ['imports'],
    source,
    why: 'It is the last look before a version is made.',
    async run(bench) {
      const upload = await beginUpload(bench, await bench.createModel())
      const file = fileOf('data/model.txt', 'Model.')
      await putFiles(upload, [file], bench)
      const missing = finishUpload(upload, [file, fileOf('data/other.txt', 'Other.')], bench)
      await failure(missing, 'finish with a file that was not put', ['REGISTRY_ERROR'])
      const longer = finishUpload(upload, [fileOf('data/model.txt', 'Model!!')], bench)
      await failure(longer, 'finish with another size', ['REGISTRY_ERROR'])
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-005',
    level: 'MUST',
    title: 'A transfer that was discarded leaves no file',
    needs: ['imports'],
    source,
    why: 'What nobody refers to is paid for all the same.',
    async run(bench) {
      const model = await bench.createModel()
      const id = randomUUID()
      const files = [fileOf('model.txt', 'Model.'), fileOf('data/other.txt', 'Other.')]
      const upload = await beginUpload(bench, model, { id })
      await putFiles(upload, files, bench)
      await upload.discard(bench.call())
      const again = await beginUpload(bench, model, { id })
      for (const file of files) {
        const finish = finishUpload(again, [file], bench)
        await failure(finish, `finish with ${file.path} after discard`, ['REGISTRY_ERROR'])
      }
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-006',
    level: 'MUST',
    title: 'A put ends within 100 ms of its signal, though no more bytes come',
    needs: ['imports'],
    source: 'modelgate/adapter: Call.signal',
    why: 'The source may hang, and the copy has to end all the same.',
    async run(bench) {
      const upload = await beginUpload(bench, await bench.createModel())
      const abort = new AbortController()
      const file = { path: 'model.bin', sizeBytes: 2000 }
      const waiting = Promise.withResolvers<void>()
      const answer = upload.put(file, endless(waiting.resolve), bench.call({ signal: abort.signal }))
      answer.catch(() => {})
      await waiting.promise
      abort.abort()
      await assertTimeout(answer, 'put')
      await failure(finishUpload(upload, [{ ...file, bytes: new Uint8Array() }], bench), 'finish', [
        'REGISTRY_ERROR',
      ])
    },
  }),
  writeCheck({
    id: 'MG-UPLOAD-007',
    level: 'MUST',
    title: 'What goes wrong with the bytes as they come goes wrong with the put',
    needs: ['imports'],
    source,
    why: 'A read that failed on the other side must not become half a model.',
    async run(bench) {
      const upload = await beginUpload(bench, await bench.createModel())
      const broken = async function* (): AsyncIterable<Uint8Array> {
        yield new Uint8Array(10)
        throw new Error('The other registry has gone.')
      }
      const put = upload.put({ path: 'model.bin', sizeBytes: 20 }, broken(), bench.call())
      await assert.rejects(put, 'a put of bytes that break off')
    },
  }),
]
