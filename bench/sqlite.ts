/**
 * What it costs that SQLite has threads of its own, and what it saves: reads and writes of the local registry beside
 * the same with SQLite in the thread that answers, as it was, in turn; and a read while a statement of 2 s runs. Last,
 * what it saves to fold texts in SQL.
 * `npm run bench:sqlite`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { defaultLocalConfig } from '../src/adapters/local/config.ts'
import { connectLocal } from '../src/adapters/local/connect.ts'
import { createLocalStore } from '../src/adapters/local/store/local-store.ts'
import { matchesModel } from '../src/conformance/index.ts'
import type { Call, Logger, ModelQuery } from '../src/contract/index.ts'
import { openGatewayDatabase } from '../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../src/state/database.ts'
import { median } from './harness/measurement.ts'
import { openInProcess } from './sqlite/in-process.ts'

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const modelCount = 1000
const folder = mkdtempSync(join(tmpdir(), 'modelgate-bench-'))
const path = join(folder, 'gateway.db')
const threads = await openGatewayDatabase(`sqlite:${path}`, { log })
const inProcess = openInProcess(threads, path)

function newCall(): Call {
  const { signal } = new AbortController()
  return { signal, deadline: Date.now() + 60_000, caller: null, log, countRequest() {} }
}

function connect(database: GatewayDatabase) {
  const { models } = connectLocal(defaultLocalConfig, { registry: 'bench', log, database })
  const store = createLocalStore(database, 'bench')
  const page: ModelQuery = {
    filter: null,
    order: [{ field: 'name', direction: 'asc' }],
    includeArchived: true,
    limit: 100,
    after: null,
    continuation: null,
  }
  const ignoringCase: ModelQuery = {
    ...page,
    filter: {
      kind: 'text',
      field: 'description',
      tests: [{ operator: 'contains', value: 'MODEL 99', ignoreCase: true }],
    },
    limit: modelCount,
  }
  let turn = 0
  return {
    ignoringCase: async () => {
      const { items, residue } = await models.list(ignoringCase, newCall())
      return items.filter((model) => matchesModel(residue, model)).length
    },
    point: () => models.get([`model-${turn++ % modelCount}`], newCall()),
    page: () => models.list(page, newCall()),
    write: () => store.models.describe(`model-${turn++ % modelCount}`, `Described ${turn}.`),
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** In turn, so that both see the same machine. */
async function compare(
  name: string,
  rounds: number,
  before: Work,
  now: Work,
  words = ['in the process', 'in threads'],
): Promise<void> {
  const times: { before: number[]; now: number[] } = { before: [], now: [] }
  for (let round = -rounds / 4; round < rounds; round++) {
    const [first, second] = [await timeOf(before), await timeOf(now)]
    if (round < 0) continue
    times.before.push(first)
    times.now.push(second)
  }
  const [was, is] = [median(times.before), median(times.now)]
  const shown = [was, is].map((milliseconds) => `${(milliseconds * 1000).toFixed(0)} µs`)
  console.log(`${name}: ${words[0]} ${shown[0]}, ${words[1]} ${shown[1]}, ratio ${(is / was).toFixed(2)}`)
}

type Work = () => Promise<unknown>

async function readBesideLongStatement(read: Work): Promise<void> {
  const idle: number[] = []
  for (let round = 0; round < 100; round++) idle.push(await timeOf(read))
  let size = 1_000_000
  const count = (end: number) =>
    threads.queries
      .selectNoFrom(
        sql<number>`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${end})
          select count(*) from n)`.as('n'),
      )
      .execute()
  size = Math.ceil((size * 2000) / (await timeOf(() => count(size))))
  const beside: number[] = []
  let isDone = false
  const counting = timeOf(() => count(size)).then((milliseconds) => {
    isDone = true
    return milliseconds
  })
  while (!isDone) {
    beside.push(await timeOf(read))
    await wait(20)
  }
  console.log(
    `100 rows: idle ${median(idle).toFixed(1)} ms; while a statement of ${((await counting) / 1000).toFixed(1)} s runs ` +
      `${median(beside).toFixed(1)} ms, at most ${Math.max(...beside).toFixed(1)} ms (${beside.length} reads)`,
  )
}

const store = createLocalStore(threads, 'bench')
for (let index = 0; index < modelCount; index++) {
  const tags = ['team', 'task', 'owner'].map((key) => ({ key, value: `${key} ${index}` }))
  await store.models.create({ name: `model-${index}`, description: `The model ${index}.`, tags })
}
const [before, now] = [connect(inProcess), connect(threads)]
const atOnce = (work: Work) => () => Promise.all(Array.from({ length: 32 }, work))
await readBesideLongStatement(now.page)
await compare('a point read', 2000, before.point, now.point)
await compare('32 point reads at once', 400, atOnce(before.point), atOnce(now.point))
await compare('a list of 100 rows', 400, before.page, now.page)
await compare('a write', 300, before.write, now.write)
const inGateway = connect({ ...threads, functions: { ...threads.functions, foldCase: null } })
const checked = ['checked in the gateway', 'in SQL']
await compare(
  '11 of 1,000 rows without regard to case',
  100,
  inGateway.ignoringCase,
  now.ignoringCase,
  checked,
)
await inProcess.close()
await threads.close()
rmSync(folder, { recursive: true })
