import type { ChangeReads } from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import type { MemoryModel, MemoryStore } from './memory-store.ts'

/** Few, so that feeds have pages. */
const modelsAtOnce = 3

/** Finds out what has changed when it is asked: whoever writes need not tell of it. */
export function createMemoryChanges(store: MemoryStore, { enter }: MemoryGate): ChangeReads {
  return {
    async since(cursor, call) {
      enter(call)
      number(store)
      const { feed } = store
      if (cursor === null) return { models: [], cursor: String(feed.last), more: false }
      const from = /^[0-9]+$/.test(cursor) ? Number(cursor) : Number.POSITIVE_INFINITY
      if (from > feed.last) return null
      const changed = [...feed.numbered]
        .filter(([, { number }]) => number > from)
        .toSorted(([, a], [, b]) => a.number - b.number)
      const told = changed.slice(0, modelsAtOnce)
      return {
        models: told.map(([name]) => name),
        cursor: String(told.at(-1)?.[1].number ?? feed.last),
        more: changed.length > told.length,
      }
    },
  }
}

/** Gives a number to each model that is not what it was when it was numbered last. */
function number({ models, runs, feed }: MemoryStore): void {
  for (const name of new Set([...models.keys(), ...feed.numbered.keys()])) {
    const model = models.get(name)
    const content = model === undefined ? '' : contentOf(model, runs)
    const before = feed.numbered.get(name)
    // One that was deleted and made again may look the same.
    if (before?.model === model && before?.content === content) continue
    feed.numbered.set(name, { model, content, number: ++feed.last })
  }
}

/** Of one that is as it is now. */
export function numberAs({ models, runs, feed }: MemoryStore, name: string, number: number): void {
  const model = models.get(name)
  if (model) feed.numbered.set(name, { model, content: contentOf(model, runs), number })
}

function contentOf(model: MemoryModel, runs: MemoryStore['runs']): string {
  const ofVersions = [...model.versions.values()].map(({ runId }) => runs.get(runId ?? ''))
  return JSON.stringify([model, ofVersions], (_, value) => (value instanceof Map ? [...value] : value))
}
