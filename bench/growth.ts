/**
 * What pages of a local registry in SQLite take at 10,000 and at 1,000,000 versions, first and deep ones, in turn; and
 * what writes take, and how large the file is. `npm run bench:growth -- [CHECKOUT] [--sizes 10000,1000000]`, with the
 * path of another checkout to measure that one.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Adapter, Call, ListPage, ListQuery, Logger } from '../src/contract/index.ts'
import type { GatewayDatabase } from '../src/state/database.ts'
import { fill, modelNameOf } from './growth/fill.ts'
import { modelQuestions, versionQuestions } from './growth/lists.ts'
import { median } from './harness/measurement.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sizes: { type: 'string', default: '10000,1000000' }, rounds: { type: 'string', default: '40' } },
})
const checkout = resolve(positionals[0] ?? '.')
const sizes = values.sizes.split(',').map(Number)
const rounds = Number(values.rounds)
const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const folder = mkdtempSync(join(tmpdir(), 'modelgate-growth-'))
const load = (path: string) => import(pathToFileURL(join(checkout, path)).href)
const [
  { openGatewayDatabase, tableRooms },
  { openDatabase },
  { localAdapter },
  { createLocalStore },
  config,
] = await Promise.all(
  [
    'src/gateway/open-database.ts',
    'src/state/open-database.ts',
    'src/adapters/local/adapter.ts',
    'src/adapters/local/store/local-store.ts',
    'src/adapters/local/config.ts',
  ].map(load),
)

function newCall(): Call {
  const { signal } = new AbortController()
  return { signal, deadline: Date.now() + 600_000, caller: null, log, countRequest() {} }
}

interface Filled {
  readonly versions: number
  readonly database: GatewayDatabase
  readonly adapter: Adapter
}

async function open(versions: number): Promise<Filled> {
  const path = join(folder, `${versions}`, 'gateway.db')
  const rooms = tableRooms.map(({ migrations }: { migrations: Record<string, unknown> }) => ({
    migrations: Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0010')),
  }))
  await (await openDatabase(`sqlite:${path}`, { log, rooms })).close()
  fill(path, ['bench'], versions)
  const before = statSync(path).size
  const startedAt = performance.now()
  const opened: GatewayDatabase = await openGatewayDatabase(`sqlite:${path}`, { log })
  await opened.close()
  const seconds = (performance.now() - startedAt) / 1000
  const size = statSync(path).size
  console.log(
    `${versions} versions: ${Math.round(size / versions)} bytes each, ${Math.round((size - before) / versions)} of them by ` +
      `what was migrated in ${seconds.toFixed(1)} s`,
  )
  const database: GatewayDatabase = await openGatewayDatabase(`sqlite:${path}`, { log })
  const adapter: Adapter = await localAdapter.connect(config.defaultLocalConfig, {
    registry: 'bench',
    log,
    database,
  })
  return { versions, database, adapter }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** In turn, so that all see the same machine. */
async function timesOf(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => [])
  for (let round = -3; round < rounds; round++) {
    if (round > 3 && Math.max(...times.map(median)) > 200) break
    for (const [index, work] of works.entries()) {
      const time = await timeOf(work)
      if (round >= 0) times[index]?.push(time)
    }
  }
  return times.map(median)
}

type List = (query: ListQuery<never, never>, call: Call) => Promise<ListPage<unknown, unknown>>

/** The last but one page of them all, found by its place. */
async function deepContinuation(
  list: List,
  query: ListQuery<never, never>,
  rows: number,
): Promise<string | null> {
  let { continuation }: { continuation: string | null } = query
  for (let read = 0; read < rows; ) {
    const page = await list({ ...query, limit: 1000, continuation }, newCall())
    read += page.items.length
    if (page.continuation === null) return continuation
    continuation = page.continuation
  }
  return continuation
}

async function compare(
  name: string,
  lists: readonly { readonly list: List; readonly rows: number }[],
  part: { readonly filter: unknown; readonly order: unknown },
  atMost: number,
): Promise<void> {
  const query = {
    ...part,
    includeArchived: true,
    limit: 50,
    after: null,
    continuation: null,
  } as unknown as ListQuery<never, never>
  const first = await timesOf(
    lists.map(
      ({ list }) =>
        () =>
          list(query, newCall()),
    ),
  )
  const shown = first.map((time) => `${time.toFixed(2)} ms`).join(', ')
  const ratio = (first.at(-1) ?? 0) / (first[0] ?? 1)
  let deep = ''
  if (part.filter === null || name.includes('wide')) {
    const { list, rows } = lists.at(-1) ?? { list: null, rows: 0 }
    const continuation =
      list && (await deepContinuation(list, query, name.includes('wide') ? rows / 20 : rows * 0.9))
    if (list && continuation !== null) {
      const [again = 0, far = 0] = await timesOf([
        () => list(query, newCall()),
        () => list({ ...query, continuation }, newCall()),
      ])
      deep = `; a deep page ${far.toFixed(2)} ms, ratio to the first ${(far / again).toFixed(2)}`
    }
  }
  console.log(`${name}: ${shown}, ratio ${ratio.toFixed(2)} (at most ${atMost})${deep}`)
}

async function timeWrites(filled: readonly Filled[]): Promise<void> {
  const stores = filled.map(({ database, versions }) => ({
    store: createLocalStore(database, 'bench'),
    versions,
  }))
  let turn = 0
  const each = (
    work: (store: ReturnType<typeof createLocalStore>, model: string, turn: number) => Promise<unknown>,
  ) =>
    stores.map(({ store, versions }) => () => {
      turn += 1
      return work(store, modelNameOf((turn * 37) % (versions / 10)), turn)
    })
  const tags = (turn: number) => ['team', 'cohort', 'commit'].map((key) => ({ key, value: `${key} ${turn}` }))
  const show = (name: string, times: readonly number[]) =>
    console.log(`${name}: ${times.map((time) => `${(time * 1000).toFixed(0)} µs`).join(', ')}`)
  show(
    'a new model with three tags',
    await timesOf(each((store, model, n) => store.models.create({ name: `${model}-${n}`, tags: tags(n) }))),
  )
  show(
    'a new version with three tags',
    await timesOf(
      each((store, model, n) => store.versions.create({ model, source: 's3://b/m', tags: tags(n) })),
    ),
  )
  show(
    'three tags of a version',
    await timesOf(each((store, model, n) => store.versions.setTags({ model, version: '5' }, tags(n)))),
  )
  show(
    'a stage',
    await timesOf(
      each((store, model, n) =>
        store.stages.transition(
          { model, version: '5' },
          { stage: n % 2 ? 'Staging' : 'None', archiveExisting: false },
        ),
      ),
    ),
  )
  show(
    'a model renamed, of ten versions',
    await timesOf(
      each((store, model, n) =>
        store.models.rename(model, `${model}-${n}`).then(() => store.models.rename(`${model}-${n}`, model)),
      ),
    ),
  )
}

try {
  const filled: Filled[] = []
  for (const size of sizes) filled.push(await open(size))
  for (const [name, order, filter, atMost] of modelQuestions) {
    const lists = filled.map(({ adapter, versions }) => ({
      list: adapter.models.list as unknown as List,
      rows: versions / 10,
    }))
    await compare(name, lists, { filter, order }, atMost)
  }
  for (const [name, order, filter, atMost] of versionQuestions) {
    const lists = filled.map(({ adapter, versions }) => ({
      list: adapter.versions.list as unknown as List,
      rows: versions,
    }))
    await compare(name, lists, { filter, order }, atMost)
  }
  await timeWrites(filled)
  for (const { database } of filled) await database.close()
} finally {
  rmSync(folder, { recursive: true })
}
