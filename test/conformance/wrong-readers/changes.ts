import type { Adapter, ChangeReads } from '../../../src/contract/index.ts'
import type { WrongReader } from './wrong-reader.ts'

const withChanges =
  (change: (changes: ChangeReads) => ChangeReads) =>
  (adapter: Adapter): Adapter =>
    adapter.changes === undefined ? adapter : { ...adapter, changes: change(adapter.changes) }

export const wrongWithReadChanges: readonly WrongReader[] = [
  {
    wrong: 'begins its feed with all that there ever was',
    fails: ['MG-CHANGE-001'],
    spoil: withChanges(({ since }) => ({ since: (cursor, call) => since(cursor ?? '0', call) })),
  },
  {
    wrong: 'knows no cursors but those it gave itself',
    fails: ['MG-CHANGE-002'],
    spoil(adapter) {
      const given = new Set<string>()
      return withChanges(({ since }) => ({
        async since(cursor, call) {
          if (cursor !== null && !given.has(cursor)) return null
          const page = await since(cursor, call)
          if (page) given.add(page.cursor)
          return page
        },
      }))(adapter)
    },
  },
  {
    wrong: 'takes a cursor that it does not know for the end of its feed',
    fails: ['MG-CHANGE-003'],
    spoil: withChanges(({ since }) => ({
      since: async (cursor, call) => (await since(cursor, call)) ?? since(null, call),
    })),
  },
]
