import {
  type ArtifactExports,
  type ArtifactImports,
  type ArtifactUpload,
  compareCodePoints,
  RegistryError,
  type RunRecord,
} from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import { findVersion, type MemoryStore } from './memory-store.ts'

/** Where the files of a transfer are. */
export const scheme = 'memory://'

export function createMemoryExports(store: MemoryStore, { enter }: MemoryGate): ArtifactExports {
  return {
    async files(key, call) {
      enter(call)
      const version = findVersion(store, key)
      if (version === undefined) return null
      if (version.place?.startsWith(scheme) !== true)
        throw new RegistryError('UNSUPPORTED', 'The files are not in this registry.')
      return [...(store.files.get(version.place) ?? [])]
        .map(([path, bytes]) => ({ path, sizeBytes: bytes.length }))
        .toSorted((a, b) => compareCodePoints(a.path, b.path))
    },
    async read(key, path, call) {
      enter(call)
      const bytes = store.files.get(findVersion(store, key)?.place ?? '')?.get(path)
      if (bytes === undefined) throw new RegistryError('NOT_FOUND', 'There is no such file.')
      return chunksOf(bytes)
    },
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.slice(start, start + 65_536)
}

export function createMemoryImports(store: MemoryStore, gate: MemoryGate): ArtifactImports {
  return {
    async begin({ id, run }, call) {
      gate.enter(call)
      const place = scheme + id
      requireUnused(store, place)
      const files = store.files.get(place) ?? new Map<string, Uint8Array>()
      store.files.set(place, files)
      return createUpload(store, place, { files, run: carriedRun(id, run) }, gate)
    },
  }
}

export function carriedRun(id: string, run: RunRecord | null = null): RunRecord | null {
  return run === null ? null : { ...run, runId: id, url: null }
}

/** Another try may have made a version of the files since. */
function requireUnused({ models }: MemoryStore, place: string): void {
  const versions = [...models.values()].flatMap((model) => [...model.versions.values()])
  if (!versions.some((version) => version.place === place && version.status !== 'PENDING')) return
  throw new RegistryError('ALREADY_EXISTS', 'A version has these files already.')
}

export function createUpload(
  store: MemoryStore,
  place: string,
  { files: own, run }: { readonly files: Map<string, Uint8Array>; readonly run: RunRecord | null },
  { enter }: MemoryGate,
): ArtifactUpload {
  return {
    async put({ path, sizeBytes }, bytes, call) {
      enter(call)
      requireUnused(store, place)
      const whole = await collect(bytes, call.signal)
      if (sizeBytes !== null && whole.length !== sizeBytes)
        throw new RegistryError('REGISTRY_ERROR', `${whole.length} bytes came instead of ${sizeBytes}.`)
      own.set(path, whole)
    },
    async finish(files, call) {
      enter(call)
      requireUnused(store, place)
      for (const { path, sizeBytes } of files) {
        const bytes = own.get(path)
        if (bytes === undefined || (sizeBytes !== null && bytes.length !== sizeBytes))
          throw new RegistryError('REGISTRY_ERROR', `The file ${path} is not there in full.`)
      }
      const wanted = new Set(files.map(({ path }) => path))
      for (const path of own.keys()) if (!wanted.has(path)) own.delete(path)
      if (run !== null) store.runs.set(run.runId, run)
      return { source: place, runId: run?.runId ?? null }
    },
    async discard(call) {
      enter(call)
      requireUnused(store, place)
      own.clear()
      if (run !== null) store.runs.delete(run.runId)
    },
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(new RegistryError('REGISTRY_TIMEOUT', 'The deadline has passed.'))
  signal.addEventListener('abort', abort)
  try {
    const iterator = bytes[Symbol.asyncIterator]()
    const chunks: Uint8Array[] = []
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted.promise])
      if (next.done === true) return Buffer.concat(chunks)
      chunks.push(next.value)
    }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
