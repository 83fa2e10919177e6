import { setTimeout as wait } from 'node:timers/promises'
import type { ChangeReads, ChangesPage } from '../../../src/contract/index.ts'
import { numberAs } from '../memory/memory-changes.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import type { MemoryAdapter } from '../memory-adapter.ts'
import { type WrongWriter, withModels } from './wrong-writer.ts'

const withChanges =
  (change: (changes: ChangeReads, store: MemoryStore) => ChangeReads) =>
  (adapter: MemoryAdapter, store: MemoryStore) => ({ ...adapter, changes: change(adapter.changes, store) })

const onEachPage = (change: (page: ChangesPage, store: MemoryStore) => Partial<ChangesPage>) =>
  withChanges(({ since }, store) => ({
    async since(cursor, call) {
      const page = await since(cursor, call)
      return page && { ...page, ...change(page, store) }
    },
  }))

export const wrongWithChanges: readonly WrongWriter[] = [
  {
    wrong: 'tells of a model only where its own time has changed',
    fails: ['MG-WCHANGE-001'],
    spoil(adapter, store) {
      const told = new Map<string, number | undefined>()
      const changing = onEachPage(({ models }) => ({
        models: models.filter((name) => {
          const model = store.models.get(name)
          if (model === undefined) return true
          const time = model.updatedAt?.getTime()
          const isNew = !told.has(name) || told.get(name) !== time
          told.set(name, time)
          return isNew
        }),
      }))
      return changing(adapter, store)
    },
  },
  {
    wrong: 'tells of no model that is gone',
    fails: ['MG-WCHANGE-002'],
    spoil: onEachPage(({ models }, store) => ({ models: models.filter((name) => store.models.has(name)) })),
  },
  {
    wrong: 'says that there is no more after a page',
    fails: ['MG-WCHANGE-003'],
    spoil: onEachPage(() => ({ more: false })),
  },
  {
    wrong: 'numbers a model when its making begins, and has it when that is done',
    fails: ['MG-WCHANGE-004'],
    spoil: withModels(({ create }, store) => ({
      async create(model, call) {
        const number = ++store.feed.last
        // Of those that begin together some end later than others that began after them.
        if (number % 2 === 0) await wait(20)
        await create(model, call)
        numberAs(store, model.name, number)
      },
    })),
  },
]
