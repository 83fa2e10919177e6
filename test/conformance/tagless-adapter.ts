import {
  type Adapter,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type TagRecord,
} from '../../src/contract/index.ts'
import type { MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter, type MemoryAdapter } from './memory-adapter.ts'

/** A registry that keeps no tags, and takes none. */
export function createTaglessAdapter(store: MemoryStore) {
  return withoutTags(createMemoryAdapter(store))
}

/** The same with a property for notes, which stands where the memory has its tags. */
export function createNotingAdapter(store: MemoryStore) {
  const adapter = createMemoryAdapter(store)
  const { versions, aliases, copies } = adapter
  const { writes, ...tagless } = withoutTags(adapter)
  const inOutcome = (outcome: Outcome<ModelVersionRecord>) =>
    outcome === null || RegistryError.is(outcome) ? outcome : toNoted(outcome as ModelVersionRecord)
  return {
    ...tagless,
    versions: {
      get: async (keys, call) => (await versions.get(keys, call)).map(inOutcome),
      async list(query, call) {
        const page = await versions.list(query, call)
        return { ...page, items: page.items.map(toNoted) }
      },
      async ofModels(names, limit, call) {
        const outcomes = await versions.ofModels(names, limit, call)
        return outcomes.map((found) =>
          found !== null && 'versions' in found ? { ...found, versions: found.versions.map(toNoted) } : found,
        )
      },
      async latest(names, call) {
        const outcomes = await versions.latest(names, call)
        return outcomes.map((found) =>
          found === null || RegistryError.is(found)
            ? found
            : (found as readonly ModelVersionRecord[]).map(toNoted),
        )
      },
    },
    aliases: { resolve: async (keys, call) => (await aliases.resolve(keys, call)).map(inOutcome) },
    writes: {
      ...writes,
      versions: {
        ...writes.versions,
        keepsNotes: true,
        create: async (version, call) =>
          adapter.writes.versions.create({ ...version, tags: notesOf(version) }, call),
      },
    },
    copies: { copy: async (copy, call) => copies.copy({ ...copy, tags: notesOf(copy) }, call) },
  } satisfies Adapter
}

function withoutTags(adapter: MemoryAdapter) {
  const { setTags: _, deleteTags: __, ...models } = adapter.writes.models
  const { setTags: ___, deleteTags: ____, ...versions } = adapter.writes.versions
  return {
    ...adapter,
    async describe(call) {
      const description = await adapter.describe(call)
      return { ...description, levels: { ...description.levels, tags: 'NONE' } }
    },
    writes: {
      ...adapter.writes,
      models: { ...models, create: async (model, call) => models.create(untagged(model), call) },
      versions: { ...versions, create: async (version, call) => versions.create(untagged(version), call) },
    },
    copies: { copy: async (copy, call) => adapter.copies.copy(untagged(copy), call) },
  } satisfies Adapter
}

interface Wish {
  readonly tags: readonly TagRecord[]
  readonly notes?: readonly TagRecord[]
}

function untagged<T extends Wish>(wish: T): T {
  if (wish.tags.length === 0) return wish
  throw new RegistryError('UNSUPPORTED', 'The registry keeps no tags.')
}

function notesOf(wish: Wish): readonly TagRecord[] {
  return untagged(wish).notes ?? []
}

function toNoted(record: ModelVersionRecord): ModelVersionRecord {
  return { ...record, tags: [], ...(record.tags.length > 0 && { notes: record.tags }) }
}
