import { toModelRecord } from '../memory/memory-rows.ts'
import type { WrongReader } from './wrong-reader.ts'

export const wrongWithHidden: readonly WrongReader[] = [
  {
    wrong: 'gives by its name what its lists leave out',
    fails: ['MG-HIDDEN-001'],
    spoil: (adapter, store) => ({
      ...adapter,
      models: {
        ...adapter.models,
        async get(names, call) {
          const rows = await adapter.models.get(names, call)
          const all = { ...store, models: store.hidden }
          return rows.map((row, index) => row ?? toModelRecord(all, names[index] ?? ''))
        },
      },
    }),
  },
]
