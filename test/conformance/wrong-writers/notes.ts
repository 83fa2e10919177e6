import { findVersion } from '../memory/memory-store.ts'
import { createNotingAdapter } from '../tagless-adapter.ts'
import type { WrongWriter } from './wrong-writer.ts'

export const wrongWithNotes: readonly WrongWriter[] = [
  {
    wrong: 'leaves the notes of versions out of lists',
    fails: ['MG-WNOTE-001', 'MG-WNOTE-002'],
    spoil(_, store) {
      const adapter = createNotingAdapter(store)
      return {
        ...adapter,
        versions: {
          ...adapter.versions,
          async list(query, call) {
            const page = await adapter.versions.list(query, call)
            return { ...page, items: page.items.map(({ notes: __, ...row }) => row) }
          },
        },
      }
    },
  },
  {
    wrong: 'loses the notes of a version when it is described anew',
    fails: ['MG-WNOTE-002'],
    spoil(_, store) {
      const { writes, ...adapter } = createNotingAdapter(store)
      return {
        ...adapter,
        writes: {
          ...writes,
          versions: {
            ...writes.versions,
            async describe(key, description, call) {
              await writes.versions.describe(key, description, call)
              findVersion(store, key)?.tags.clear()
            },
          },
        },
      }
    },
  },
]
