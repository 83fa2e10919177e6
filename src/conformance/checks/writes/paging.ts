import { comparePositions } from '../../../contract/index.ts'
import { type Shelf, stockModels, stockVersions } from '../../bench/shelf.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, type CheckContext, NotApplicable } from '../../check.ts'
import { quote, sameTexts } from '../../expectations/expectations.ts'
import { byModel, byName, modelQuery, versionName, versionQuery } from '../../expectations/read-pages.ts'
import { modelRead, type Order, type Placed, type Read, versionRead } from '../../filters/ordered-reads.ts'

const pageSize = 3
const why =
  'Clients page through a registry that others work in; a row that nobody touched must not be lost to them.'

const newest: Order = [{ field: 'updatedAt', direction: 'desc' }]
const oldest: Order = [{ field: 'createdAt', direction: 'asc' }]

/** The same context, whose own rows are those of the shelf. */
function lookingAt(bench: WriteBench, { prefix }: Shelf): CheckContext {
  return { ...bench, effort: 'full', truth: { ...bench.truth, prefix } }
}

function assertUntouched(shelf: Shelf, seen: readonly string[], how: string): void {
  const own = seen.filter((label) => shelf.untouched.includes(label))
  sameTexts(own, shelf.untouched, `the rows that nobody touched, ${how}`)
}

/** As the gateway goes on for a client: from the last row it handed out, with the hint that came with it. */
async function isResumed(shelf: Shelf, read: Read, order: Order): Promise<boolean> {
  const seen: Placed[] = []
  for (;;) {
    const after = seen.at(-1)?.position ?? null
    const { rows, ordered } = await read(order, after, pageSize)
    if (!ordered) return false
    const left = rows.filter(({ position }) => after === null || comparePositions(order, position, after) > 0)
    if (left.length === 0) break
    seen.push(...left.slice(0, pageSize))
    await shelf.disturb()
  }
  const labels = seen.map(({ label }) => label)
  assertUntouched(shelf, labels, `in the order ${quote(order)}`)
  return true
}

async function checkResumed(
  bench: WriteBench,
  stock: (bench: WriteBench) => Promise<Shelf>,
  toRead: (context: CheckContext) => Read,
  orders: readonly Order[],
): Promise<void> {
  const kept: boolean[] = []
  for (const [index, order] of orders.entries()) {
    const own = { ...bench, name: (part = '') => bench.name(`-${index}${part}`) }
    const ownBench = { ...own, createModel: (more = {}) => bench.createModel({ name: own.name(), ...more }) }
    const shelf = await stock(ownBench)
    kept.push(await isResumed(shelf, toRead(lookingAt(bench, shelf)), order))
  }
  if (!kept.includes(true)) throw new NotApplicable('the registry keeps none of these orders')
}

/** Follows the continuations of one read. */
async function labelsOf(
  shelf: Shelf,
  list: (continuation: string | null) => Promise<{ labels: readonly string[]; continuation: string | null }>,
): Promise<string[]> {
  const seen: string[] = []
  let continuation: string | null = null
  do {
    const page = await list(continuation)
    seen.push(...page.labels)
    continuation = page.continuation
    await shelf.disturb()
  } while (continuation !== null)
  return seen
}

export const writePagingChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WPAGE-001',
    level: 'MUST',
    title: 'Resuming a list of models while others write loses no row that stays',
    source: 'modelgate/adapter: ListQuery.after',
    why,
    run: (bench) => checkResumed(bench, stockModels, modelRead, [byName, newest, oldest]),
  }),
  writeCheck({
    id: 'MG-WPAGE-002',
    level: 'MUST',
    title: 'Resuming a list of versions while others write loses no row that stays',
    source: 'modelgate/adapter: ListQuery.after',
    why,
    run: (bench) => checkResumed(bench, stockVersions, versionRead, [byModel, newest, oldest]),
  }),
  writeCheck({
    id: 'MG-WPAGE-003',
    level: 'SHOULD',
    title: 'The pages of one list of models hold each row that stays once, while others write',
    source: 'modelgate/adapter: ListPage.continuation',
    why: 'A registry that is read whole takes many pages, and so does a filter that matches little.',
    async run(bench) {
      const shelf = await stockModels(bench)
      const seen = await labelsOf(shelf, async (continuation) => {
        const query = modelQuery(shelf.prefix, { limit: pageSize, continuation })
        const page = await bench.adapter.models.list(query, bench.call())
        return { labels: page.items.map(({ name }) => name), continuation: page.continuation }
      })
      assertUntouched(shelf, seen, 'by pages')
    },
  }),
  writeCheck({
    id: 'MG-WPAGE-004',
    level: 'SHOULD',
    title: 'The pages of one list of versions hold each row that stays once, while others write',
    source: 'modelgate/adapter: ListPage.continuation',
    why: 'A registry that is read whole takes many pages, and so does a filter that matches little.',
    async run(bench) {
      const shelf = await stockVersions(bench)
      const seen = await labelsOf(shelf, async (continuation) => {
        const query = versionQuery(shelf.prefix, { limit: pageSize, continuation })
        const page = await bench.adapter.versions.list(query, bench.call())
        return { labels: page.items.map(versionName), continuation: page.continuation }
      })
      assertUntouched(shelf, seen, 'by pages')
    },
  }),
]
