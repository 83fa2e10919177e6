/**
 * What the names of an MLflow whose database sorts by a locale take in memory, and what it takes to bring them up to date
 * and to find a page: at 1,000 and at 100,000 names. `npm run bench:known-names`.
 */
import { NameList } from '../src/adapters/mlflow/names/name-list.ts'

const nameOf = (n: number) => `team-${n % 97}.model-${String(n).padStart(9, '0')}`

/** As they come, out of the text of an answer. */
function namesOf(count: number): string[] {
  return JSON.parse(JSON.stringify(Array.from({ length: count }, (_, n) => nameOf(n))))
}

function heapAfterCollection(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

function microsecondsOf(times: number, work: (turn: number) => unknown): number {
  const startedAt = performance.now()
  for (let turn = 0; turn < times; turn++) work(turn)
  return ((performance.now() - startedAt) * 1000) / times
}

for (const count of [1000, 100_000]) {
  const before = heapAfterCollection()
  const names = new NameList(namesOf(count))
  const bytes = (heapAfterCollection() - before) / count
  const rounds = 2000
  const page = microsecondsOf(rounds, (turn) => {
    const start = { name: nameOf((turn * 7919) % count), included: true }
    return names.from(start, 'asc').take(51).toArray()
  })
  const change = microsecondsOf(rounds, (turn) => {
    names.add(`${nameOf((turn * 7919) % count)}-new`)
    names.delete(`${nameOf((turn * 7919) % count)}-new`)
  })
  console.log(
    `${names.size} names of ${nameOf(0).length} characters: ${bytes.toFixed(0)} bytes each; ` +
      `the next 51 in ${page.toFixed(1)} µs, one more and one less in ${change.toFixed(1)} µs`,
  )
}
