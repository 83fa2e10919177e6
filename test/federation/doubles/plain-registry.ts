import type { Adapter, ArtifactExports, ArtifactImports, ModelWrites } from '../../../src/contract/index.ts'
import { createMemoryStore, type MemoryVersion } from '../../conformance/memory/memory-store.ts'
import { createMemoryAdapter } from '../../conformance/memory-adapter.ts'

type Write = () => Promise<unknown>

/** A registry in memory that compares nothing and keeps no keys: what the gateway has to make up for. */
export class PlainRegistry {
  readonly store = createMemoryStore({ prefix: '', models: [], runs: [] })
  /** The writes that were begun, in their order. */
  readonly writes: string[] = []
  /** Stands around every write: may fail before it or after it. */
  meddle: (operation: string, write: Write) => Promise<unknown> = (_, write) => write()
  /** Stands between the look at the latest versions and the answer. */
  holdLatest: () => Promise<void> = async () => {}
  /** Replaces how files are given away and taken in. */
  exports: Partial<ArtifactExports> = {}
  imports: (imports: ArtifactImports) => ArtifactImports = (imports) => imports
  /** Whether it compares and writes in one step. */
  compareAndSet: 'NATIVE' | 'NONE' = 'NONE'
  /** Whether it keeps keys, and takes back what it made under one. */
  keepsKeys = false
  /** Whether it has a way of its own to copy. */
  copies = false
  readonly #memory = createMemoryAdapter(this.store)

  get adapter(): Adapter {
    const { writes, exports, imports, copies, ...rest } = this.#memory
    return {
      ...rest,
      describe: async (call) => {
        const description = await rest.describe(call)
        return {
          ...description,
          levels: {
            ...description.levels,
            compareAndSet: this.compareAndSet,
            idempotency: this.keepsKeys ? 'NATIVE' : 'NONE',
          },
        }
      },
      versions: {
        ...rest.versions,
        latest: async (...given) => {
          const found = await rest.versions.latest(...given)
          await this.holdLatest()
          return found
        },
      },
      writes: {
        models: this.#around('models', this.keepsKeys ? writes.models : withoutTakeBack(writes.models)),
        versions: this.#around('versions', writes.versions),
        aliases: this.#around('aliases', writes.aliases),
        stages: this.#around('stages', writes.stages),
      },
      ...(this.copies && { copies: this.#around('copies', copies) }),
      exports: {
        files: (...given) => (this.exports.files ?? exports.files)(...given),
        read: (...given) => (this.exports.read ?? exports.read)(...given),
      },
      imports: { begin: (...given) => this.imports(imports).begin(...given) },
    }
  }

  /** A version with files, whose tags may say more of it. */
  addVersion(
    model: string,
    files: Readonly<Record<string, string>>,
    more: Partial<MemoryVersion> = {},
  ): void {
    const now = new Date()
    const own = { description: null, archived: false, createdAt: now, updatedAt: now }
    const made = this.store.models.get(model) ?? {
      ...own,
      tags: new Map(),
      aliases: new Map(),
      versions: new Map(),
      numbered: 0,
    }
    this.store.models.set(model, made)
    const version = String(++made.numbered)
    const place = `memory://${model}/${version}`
    const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const)
    this.store.files.set(place, new Map(bytes))
    made.versions.set(version, {
      ...own,
      tags: new Map(),
      stage: 'None',
      status: 'READY',
      statusMessage: null,
      createdBy: null,
      source: place,
      runId: null,
      place,
      ...more,
    })
  }

  versionsOf(model: string): readonly (MemoryVersion & { readonly version: string })[] {
    return [...(this.store.models.get(model)?.versions ?? [])].map(([version, row]) => ({ ...row, version }))
  }

  /** Every file there is, by its path. */
  get movedFiles(): readonly (readonly [string, string])[] {
    return [...this.store.files]
      .flatMap(([, files]) => [...files])
      .map(([path, bytes]) => [path, Buffer.from(bytes).toString()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
  }

  count(operation: string): number {
    return this.writes.filter((write) => write === operation).length
  }

  #around<Facet extends object>(name: string, facet: Facet): Facet {
    const wrapped = Object.entries(facet).map(([method, run]) => [
      method,
      async (...given: unknown[]) => {
        const operation = `${name}.${method}`
        this.writes.push(operation)
        return this.meddle(operation, () => run(...(this.keepsKeys ? given : given.map(withoutKey))))
      },
    ])
    return Object.fromEntries(wrapped) as Facet
  }
}

function withoutTakeBack({ takeBack, ...models }: Required<ModelWrites>): ModelWrites {
  return models
}

function withoutKey(given: unknown): unknown {
  const hasKey = typeof given === 'object' && given !== null && 'idempotencyKey' in given
  return hasKey ? { ...given, idempotencyKey: null } : given
}
