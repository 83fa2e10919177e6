import {
  type Call,
  type CopyWrites,
  type ModelWrites,
  type NewVersion,
  RegistryError,
  type TagRecord,
  type VersionWrites,
} from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import { addVersion, type MemoryStore, originalOf, theModel, theVersion, toMap } from './memory-store.ts'

interface Described {
  description: string | null
  readonly tags: Map<string, string>
  updatedAt: Date | null
}

function describe(row: Described, description: string | null): void {
  row.description = description || null
  row.updatedAt = new Date()
}

function setTags(row: Described, tags: readonly TagRecord[]): void {
  for (const { key, value } of tags) row.tags.set(key, value)
}

function deleteTags(row: Described, keys: readonly string[]): void {
  for (const key of keys) row.tags.delete(key)
}

/** What was made for the key; made now, when nothing was. */
function once<T>({ answers, wishes }: MemoryStore, key: string | null, wish: string, make: () => T): T {
  if (key === null) return make()
  if (answers.has(key)) {
    if ((wishes.get(key) ?? wish) === wish) return answers.get(key) as T
    throw new RegistryError('IDEMPOTENCY_KEY_REUSED', 'The key was used for something else.')
  }
  const made = make()
  answers.set(key, made)
  wishes.set(key, wish)
  return made
}

type Asked = Pick<NewVersion, 'description' | 'tags'>

/** In one form, however it is spelled. */
function wishOf(what: readonly unknown[], { description, tags }: Asked): string {
  const pairs = tags.map(({ key, value }) => [key, value]).toSorted()
  return JSON.stringify([...what, description || null, pairs])
}

export function createModelWrites(store: MemoryStore, { enter }: MemoryGate): Required<ModelWrites> {
  const free = (name: string) => {
    if (store.models.has(name)) throw new RegistryError('ALREADY_EXISTS', `There is a model ${name}.`)
    if (store.hidden.has(name))
      throw new RegistryError('ALREADY_EXISTS', `${name} is no model, and has the name.`)
  }
  return {
    async create({ name, description, tags, idempotencyKey }, call) {
      enter(call)
      once(store, idempotencyKey, wishOf(['model', name], { description, tags }), () => {
        free(name)
        const now = new Date()
        const empty = { aliases: new Map(), versions: new Map(), numbered: 0, archived: false }
        const own = { description: description || null, tags: toMap(tags), createdAt: now, updatedAt: now }
        const model = { ...own, ...empty }
        store.models.set(name, model)
        return model
      })
    },
    async describe(name, description, call) {
      enter(call)
      describe(theModel(store, name), description)
    },
    async setTags(name, tags, call) {
      enter(call)
      setTags(theModel(store, name), tags)
    },
    async deleteTags(name, keys, call) {
      enter(call)
      deleteTags(theModel(store, name), keys)
    },
    async rename(name, newName, call) {
      enter(call)
      const model = theModel(store, name)
      free(newName)
      store.models.delete(name)
      store.models.set(newName, model)
    },
    async delete(name, call) {
      enter(call)
      theModel(store, name)
      store.models.delete(name)
    },
    async takeBack(name, idempotencyKey, call) {
      enter(call)
      const { answers, wishes, models } = store
      const current = [...models].find(([, model]) => model === answers.get(idempotencyKey))
      if (current) {
        const [made, { description, tags, numbered, discarded = 0 }] = current
        const pairs = [...tags].map(([key, value]) => ({ key, value }))
        const isAsMade = wishes.get(idempotencyKey) === wishOf(['model', made], { description, tags: pairs })
        if (made !== name || numbered > discarded || !isAsMade) return false
        models.delete(name)
      }
      answers.delete(idempotencyKey)
      return true
    },
  }
}

export function createVersionWrites(
  store: MemoryStore,
  { enter }: MemoryGate,
): Required<Omit<VersionWrites, 'takesSource' | 'keepsNotes'>> {
  return {
    async create(version, call) {
      enter(call)
      const { model, source, runId, idempotencyKey } = version
      const wish = wishOf(['version', model, source, runId], version)
      return once(store, idempotencyKey, wish, () => makeVersion(store, version))
    },
    async describe(key, description, call) {
      enter(call)
      describe(theVersion(store, key), description)
    },
    async setTags(key, tags, call) {
      enter(call)
      setTags(theVersion(store, key), tags)
    },
    async deleteTags(key, keys, call) {
      enter(call)
      deleteTags(theVersion(store, key), keys)
    },
    async delete(key, call) {
      enter(call)
      theVersion(store, key)
      const { versions, aliases } = theModel(store, key.model)
      versions.delete(key.version)
      for (const [alias, holder] of aliases) if (holder === key.version) aliases.delete(alias)
    },
  }
}

export function createCopyWrites(store: MemoryStore, { enter }: MemoryGate): CopyWrites {
  return {
    async copy({ source, ...copy }, call: Call) {
      enter(call)
      const uri = `models:/${source.model}/${source.version}`
      const wish = wishOf(['copy', copy.model, uri], copy)
      return once(store, copy.idempotencyKey, wish, () =>
        makeVersion(store, { ...copy, source: uri, runId: null }),
      )
    },
  }
}

function makeVersion(store: MemoryStore, version: NewVersion): string {
  const { model, source, runId, description, tags } = version
  const now = new Date()
  return addVersion(store, theModel(store, model), {
    description: description || null,
    tags,
    source,
    runId: runId ?? originalOf(store, source)?.runId ?? null,
    stage: 'None',
    archived: false,
    status: 'READY',
    statusMessage: null,
    createdBy: null,
    createdAt: now,
    updatedAt: now,
  })
}
