import type { CallersKey, WriteCoordination } from '../../src/federation/write/write-coordination.ts'

interface Row {
  readonly digest: string
  readonly memo: string | null
  readonly answer: string | null
}

/** What the gateway's database does, for federations that have none. */
export function createInMemoryCoordination(): WriteCoordination {
  const turns = new Map<string, Promise<unknown>>()
  const rows = new Map<string, Row>()
  const idOf = ({ caller, key }: CallersKey) => JSON.stringify([caller, key])
  return {
    leases: {
      run(name, _, work) {
        const before = turns.get(name) ?? Promise.resolve()
        const turn = before.then(() => work(new AbortController().signal))
        turns.set(
          name,
          turn.catch(() => {}),
        )
        return turn
      },
    },
    records: {
      find: async (key) => rows.get(idOf(key)) ?? null,
      async begin(key, digest, memo) {
        rows.set(idOf(key), { digest, memo, answer: null })
      },
      async answer(key, answer) {
        const row = rows.get(idOf(key))
        if (row) rows.set(idOf(key), { ...row, answer })
      },
      async forget(key) {
        rows.delete(idOf(key))
      },
    },
  }
}
