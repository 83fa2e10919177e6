import type { FaultyBackend } from '../../../src/conformance/index.ts'
import {
  type Adapter,
  type AliasWrites,
  type ArtifactExports,
  type ArtifactImports,
  type ArtifactUpload,
  type ModelWrites,
  RegistryError,
  type RegistryErrorCode,
  type StageWrites,
  type VersionReads,
  type VersionWrites,
} from '../../../src/contract/index.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import type { MemoryAdapter } from '../memory-adapter.ts'

type Spoil = (adapter: MemoryAdapter, store: MemoryStore) => Adapter

/** An adapter that gets one thing of its writes wrong, and the checks that are meant to see it. */
export interface WrongWriter {
  readonly wrong: string
  readonly fails: readonly string[]
  readonly spoil: Spoil
  /** Where it is wrong only with a backend that hangs. */
  readonly connectHanging?: () => Adapter
  /** Where it is wrong only with a backend that fails. */
  readonly connectFaulty?: (backend: FaultyBackend) => Adapter
}

export const withModels =
  (
    change: (
      models: Required<ModelWrites>,
      store: MemoryStore,
      adapter: MemoryAdapter,
    ) => Partial<ModelWrites>,
  ): Spoil =>
  (adapter, store) => {
    const { models } = adapter.writes
    return {
      ...adapter,
      writes: { ...adapter.writes, models: { ...models, ...change(models, store, adapter) } },
    }
  }

export const withVersions =
  (
    change: (
      versions: Required<Omit<VersionWrites, 'takesSource' | 'keepsNotes'>>,
      store: MemoryStore,
      adapter: MemoryAdapter,
    ) => Partial<VersionWrites>,
  ): Spoil =>
  (adapter, store) => {
    const { versions } = adapter.writes
    return {
      ...adapter,
      writes: { ...adapter.writes, versions: { ...versions, ...change(versions, store, adapter) } },
    }
  }

export const withAliases =
  (
    change: (aliases: AliasWrites, store: MemoryStore, adapter: MemoryAdapter) => Partial<AliasWrites>,
  ): Spoil =>
  (adapter, store) => {
    const { aliases } = adapter.writes
    return {
      ...adapter,
      writes: { ...adapter.writes, aliases: { ...aliases, ...change(aliases, store, adapter) } },
    }
  }

export const withStages =
  (
    change: (stages: StageWrites, store: MemoryStore, adapter: MemoryAdapter) => Partial<StageWrites>,
  ): Spoil =>
  (adapter, store) => {
    const { stages } = adapter.writes
    return {
      ...adapter,
      writes: { ...adapter.writes, stages: { ...stages, ...change(stages, store, adapter) } },
    }
  }

export const withVersionReads =
  (change: (versions: VersionReads) => Partial<VersionReads>): Spoil =>
  (adapter) => ({ ...adapter, versions: { ...adapter.versions, ...change(adapter.versions) } })

export const withExports =
  (change: (exports: ArtifactExports) => Partial<ArtifactExports>): Spoil =>
  (adapter) => ({ ...adapter, exports: { ...adapter.exports, ...change(adapter.exports) } })

export const withUploads = (change: (upload: ArtifactUpload) => Partial<ArtifactUpload>): Spoil =>
  withImports((imports) => ({
    async begin(transfer, call) {
      const upload = await imports.begin(transfer, call)
      return { ...upload, ...change(upload) }
    },
  }))

export function withImports(change: (imports: ArtifactImports) => ArtifactImports): Spoil {
  return (adapter) => ({ ...adapter, imports: change(adapter.imports) })
}

/** Takes one kind of failure for success. */
export async function swallow<T>(code: RegistryErrorCode, work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (!RegistryError.is(error) || error.code !== code) throw error
    return undefined
  })
}

/** Time for others to come in between. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
