import type { WriteCoordination } from '../../../src/federation/session/write-coordination.ts'
import type { NotedCleanUp } from '../../../src/stores/clean-ups.ts'
import type { CallersKey } from '../../../src/stores/idempotency-records.ts'

interface Row {
  readonly digest: string
  readonly memo: string | null
  readonly answer: string | null
}

/** What the gateway's database does, for federations that have none. */
export function createInMemoryCoordination(): WriteCoordination {
  const turns = new Map<string, Promise<unknown>>()
  const rows = new Map<string, Row>()
  const cleanUps = new Map<string, NotedCleanUp>()
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
    cleanUps: {
      async note(cleanUp, dueInMs) {
        if ((cleanUps.get(cleanUp.id)?.tries ?? 0) > 0) return false
        const times = { notedAt: Date.now(), dueAt: Date.now() + dueInMs, tries: 0, problem: null }
        cleanUps.set(cleanUp.id, { ...cleanUp, ...times })
        return true
      },
      async leaveToPeople(id, problem) {
        const noted = cleanUps.get(id)
        if (noted?.tries !== 0) return false
        cleanUps.set(id, { ...noted, dueAt: null, problem })
        return true
      },
      async postpone(id, dueInMs, problem) {
        const noted = cleanUps.get(id)
        const dueAt = dueInMs === null ? null : Date.now() + dueInMs
        if (noted) cleanUps.set(id, { ...noted, dueAt, problem })
      },
      forget: async (id) => cleanUps.delete(id),
      async claim(forMs) {
        const due = [...cleanUps.values()].find(({ dueAt }) => dueAt !== null && dueAt <= Date.now())
        if (!due) return null
        const claimed = { ...due, tries: due.tries + 1, dueAt: Date.now() + forMs }
        cleanUps.set(due.id, claimed)
        return claimed
      },
      list: async () => [...cleanUps.values()],
    },
  }
}
