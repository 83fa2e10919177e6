import { RegistryError } from '../../../src/contract/index.ts'
import { timeless } from '../timeless-call.ts'
import { swallow, type WrongWriter, withExports, withImports, withUploads } from './wrong-writer.ts'

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** What comes until it breaks off. */
async function* asFarAsItGoes(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  for (;;) {
    const next = await iterator.next().catch(() => ({ done: true, value: undefined }) as const)
    if (next.done === true) return
    yield next.value
  }
}

export const wrongWithUploads: readonly WrongWriter[] = [
  {
    wrong: 'takes what comes until the connection ends',
    fails: ['MG-UPLOAD-001', 'MG-UPLOAD-003'],
    spoil: withUploads(({ put }) => ({
      async put(file, bytes, call) {
        const whole = await collectUntil(bytes, call.signal)
        const isShort = file.sizeBytes !== null && whole.length < file.sizeBytes
        await put(isShort ? { ...file, sizeBytes: whole.length } : file, once(whole), call)
      },
    })),
  },
  {
    wrong: 'takes as many bytes as were said',
    fails: ['MG-UPLOAD-002'],
    spoil: withUploads(({ put }) => ({
      async put(file, bytes, call) {
        const whole = await collectUntil(bytes, call.signal)
        await put(file, once(whole.slice(0, file.sizeBytes ?? whole.length)), call)
      },
    })),
  },
  {
    wrong: 'does not take files of unknown size',
    fails: ['MG-UPLOAD-003'],
    spoil: withUploads(({ put }) => ({
      async put(file, bytes, call) {
        if (file.sizeBytes === null) throw new RegistryError('BAD_USER_INPUT', 'How large is it?')
        await put(file, bytes, call)
      },
    })),
  },
  {
    wrong: 'compares no sizes at the end',
    fails: ['MG-UPLOAD-004'],
    spoil: withUploads(({ finish }) => ({
      finish: (files, call) =>
        finish(
          files.map(({ path }) => ({ path, sizeBytes: null })),
          call,
        ),
    })),
  },
  {
    wrong: 'leaves what was discarded',
    fails: ['MG-UPLOAD-005'],
    spoil: withUploads(() => ({ async discard() {} })),
  },
  {
    wrong: 'does not look at the signal while bytes come',
    fails: ['MG-UPLOAD-006'],
    spoil: withUploads(({ put }) => ({ put: (file, bytes, call) => put(file, bytes, timeless(call)) })),
  },
  {
    wrong: 'takes bytes that break off for a whole file',
    fails: ['MG-UPLOAD-007'],
    spoil: withUploads(({ put }) => ({
      put: (file, bytes, call) =>
        put(file.path === 'model.bin' ? { ...file, sizeBytes: null } : file, asFarAsItGoes(bytes), call),
    })),
  },
]

/** Ends with the signal too, as the put that follows does. */
async function collectUntil(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const aborted = new Promise<Uint8Array>((resolve) =>
    signal.addEventListener('abort', () => resolve(new Uint8Array())),
  )
  return Promise.race([collect(bytes), aborted])
}

export const wrongWithTransfers: readonly WrongWriter[] = [
  {
    wrong: 'gives the first chunk of a file',
    fails: ['MG-TRANSFER-001'],
    spoil: withExports(({ read }) => ({
      async read(key, path, call) {
        const chunks = (await read(key, path, call))[Symbol.asyncIterator]()
        const first = await chunks.next()
        return once(first.done === true ? new Uint8Array() : first.value)
      },
    })),
  },
  {
    wrong: 'leaves empty files out',
    fails: ['MG-TRANSFER-001'],
    spoil: withExports(({ files }) => ({
      files: async (key, call) =>
        (await files(key, call))?.filter(({ sizeBytes }) => sizeBytes !== 0) ?? null,
    })),
  },
  {
    wrong: 'leaves what is left over from an earlier try',
    fails: ['MG-TRANSFER-003'],
    spoil(adapter, store) {
      return withUploads(({ finish }) => ({
        async finish(files, call) {
          const before = [...store.files].map(([place, own]) => [place, [...own]] as const)
          const answer = await finish(files, call)
          for (const [place, own] of before)
            if (place === answer.source)
              for (const [path, bytes] of own) store.files.get(place)?.set(path, bytes)
          return answer
        },
      }))(adapter, store)
    },
  },
  {
    wrong: 'has one place for each model',
    fails: ['MG-TRANSFER-004'],
    spoil: withImports(({ begin }) => ({
      begin: (transfer, call) => begin({ ...transfer, id: transfer.model }, call),
    })),
  },
  {
    wrong: 'finds no files of a copy',
    fails: ['MG-TRANSFER-005'],
    spoil: (adapter, store) =>
      withExports(({ files }) => ({
        async files(key, call) {
          const source = store.models.get(key.model)?.versions.get(key.version)?.source
          return source?.startsWith('models:/') ? [] : files(key, call)
        },
      }))(adapter, store),
  },
  {
    wrong: 'gives no files of a missing version',
    fails: ['MG-TRANSFER-006'],
    spoil: withExports(({ files }) => ({ files: async (key, call) => (await files(key, call)) ?? [] })),
  },
  {
    wrong: 'gives an empty file for a missing one',
    fails: ['MG-TRANSFER-007', 'MG-TRANSFER-008'],
    spoil: withExports(({ read }) => ({
      read: async (key, path, call) =>
        (await swallow('NOT_FOUND', read(key, path, call))) ?? once(new Uint8Array()),
    })),
  },
  {
    wrong: 'discards the files of a version',
    fails: ['MG-TRANSFER-009'],
    spoil: (adapter, store) =>
      withImports((imports) => ({
        async begin(transfer, call) {
          const upload = await imports.begin(transfer, call)
          return { ...upload, discard: async () => store.files.get(`memory://${transfer.id}`)?.clear() }
        },
      }))(adapter, store),
  },
]
