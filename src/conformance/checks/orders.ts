import assert from 'node:assert/strict'
import type { ModelOrder, Position, VersionOrder } from '../../contract/index.ts'
import { comparePositions } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { NotApplicable } from '../check.ts'
import { quote, refusedOrAnswered } from '../expectations/expectations.ts'
import { byModel, byName } from '../expectations/read-pages.ts'
import {
  modelRead,
  type Order,
  type OrderedRead,
  type Placed,
  type Read,
  versionRead,
} from '../filters/ordered-reads.ts'

const both = ['asc', 'desc'] as const

const modelOrders: readonly (readonly ModelOrder[])[] = [
  ...both.map((direction) => [{ field: 'name', direction } as const]),
  ...both.map((direction) => [{ field: 'createdAt', direction } as const]),
  ...both.map((direction) => [{ field: 'updatedAt', direction } as const]),
  [
    { field: 'createdAt', direction: 'desc' },
    { field: 'name', direction: 'desc' },
  ],
]

const versionOrders: readonly (readonly VersionOrder[])[] = [
  byModel,
  ...both.map((direction) => [{ field: 'model', direction } as const]),
  ...both.map((direction) => [{ field: 'version', direction } as const]),
  ...both.map((direction) => [{ field: 'createdAt', direction } as const]),
  ...both.map((direction) => [{ field: 'updatedAt', direction } as const]),
  ...both.map((direction) => [{ field: 'metric', key: 'auc', direction } as const]),
  [
    { field: 'model', direction: 'asc' },
    { field: 'version', direction: 'desc' },
  ],
  [
    { field: 'version', direction: 'desc' },
    { field: 'model', direction: 'desc' },
  ],
]

/** Over small pages, where an order that holds within a page only would show. */
async function checkKept(read: Read, orders: readonly Order[], limit: number): Promise<void> {
  for (const order of orders) {
    const { rows, ordered } = await read(order, null, limit)
    if (!ordered) continue
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1]
      if (before === undefined) continue
      const kept = comparePositions(order, before.position, row.position) < 0
      assert.ok(
        kept,
        `by ${quote(order)}: ${before.label} ${quote(before.position.values)} comes before ${row.label} ${quote(row.position.values)}`,
      )
    }
  }
}

type Change = (position: Position, index: number, rows: readonly Placed[]) => Position

/** Resumes at rows of every order that is kept; each later row has to come. */
async function checkResumed(
  { effort }: CheckContext,
  read: Read,
  orders: readonly Order[],
  change: Change,
): Promise<void> {
  let tried = 0
  for (const order of orders) {
    const { rows, ordered } = await read(order, null)
    if (!ordered) continue
    for (const index of placesToTry(rows.length, effort)) {
      const row = rows[index]
      if (row === undefined) continue
      tried++
      const after = change(row.position, index, rows)
      const resumed = new Set((await read(order, after)).rows.map(({ label }) => label))
      const wanted = rows.filter(({ position }) => comparePositions(order, position, after) > 0)
      const lost = wanted.filter(({ label }) => !resumed.has(label)).map(({ label }) => label)
      assert.deepEqual(lost, [], `by ${quote(order)} after ${quote(after)}: rows that are lost`)
    }
  }
  if (tried === 0) throw new NotApplicable('the adapter keeps none of these orders')
}

function placesToTry(rows: number, effort: CheckContext['effort']): number[] {
  const all = Array.from({ length: rows }, (_, index) => index)
  const step = effort === 'full' ? Math.ceil(rows / 40) : Math.ceil(rows / 3)
  return all.filter((index) => index % step === 0 || index === rows - 1)
}

const withHint: Change = (position) => position
const withoutHint: Change = (position) => ({ ...position, hint: null })
const withOthersHint: Change = (position, index, rows) => ({
  ...position,
  hint: rows[(index * 7 + 3) % rows.length]?.position.hint ?? null,
})
const withoutName: Change = (position) => ({ ...position, name: null, version: null, hint: null })
/** A row that was there when the position was made, and has since gone. */
const ofGoneRow: Change = (position) => {
  const name = `${position.name}\u0001gone`
  return {
    ...position,
    values: position.values.map((value) => (value === position.name ? name : value)),
    name,
  }
}

const source = 'modelgate/adapter: ListQuery.after'
const why =
  'A cursor holds the last row and not a number of rows, so that others may write between two pages.'

function resumeChecks(
  kind: string,
  first: number,
  read: (context: CheckContext) => Read,
  orders: readonly Order[],
): Check[] {
  const changes: readonly (readonly [string, Change])[] = [
    ['with its hint', withHint],
    ['without a hint', withoutHint],
    ['with the hint of another row', withOthersHint],
    ['before all rows of its values', withoutName],
    ['that is no longer there', ofGoneRow],
  ]
  return changes.map(([how, change], index) => ({
    id: `MG-ORDER-${String(first + index).padStart(3, '0')}`,
    level: 'MUST',
    title: `Resuming a list of ${kind} at a row ${how} loses no later row`,
    needs: [],
    why,
    source,
    run: (context) => checkResumed(context, read(context), orders, change),
  }))
}

export const orderChecks: readonly Check[] = [
  {
    id: 'MG-ORDER-001',
    level: 'MUST',
    title: 'An order of models that is said to be kept is kept',
    needs: [],
    source: 'modelgate/adapter: ListPage.ordered',
    why: 'The gateway merges streams by it; a backend that sorts by a locale has to say false.',
    run: (context) => checkKept(modelRead(context), modelOrders, 10),
  },
  {
    id: 'MG-ORDER-002',
    level: 'MUST',
    title: 'An order of versions that is said to be kept is kept',
    needs: [],
    source: 'modelgate/adapter: ListPage.ordered',
    why: 'Versions go by number, metrics put NaN last, and ties go by name and version.',
    run: (context) => checkKept(versionRead(context), versionOrders, 60),
  },
  {
    id: 'MG-ORDER-003',
    level: 'SHOULD',
    title: 'The default orders are kept',
    needs: [],
    source: 'modelgate/adapter: ListPage.ordered',
    why: 'Otherwise every list reads the whole registry.',
    async run(context) {
      assert.ok((await modelRead(context)(byName, null)).ordered, 'models by name')
      assert.ok((await versionRead(context)(byModel, null)).ordered, 'versions by model and version')
    },
  },
  ...resumeChecks('models', 10, modelRead, modelOrders),
  ...resumeChecks('versions', 20, versionRead, versionOrders),
  {
    id: 'MG-ORDER-030',
    level: 'MUST',
    title: 'A hint that is not one is refused, or loses no row',
    needs: [],
    source,
    why: 'Hints travel through cursors, and outlive an upgrade of the adapter.',
    async run(context) {
      const read = modelRead(context)
      const { rows, ordered } = await read(byName, null)
      const [first] = rows
      if (!ordered || first === undefined)
        throw new NotApplicable('the adapter does not keep the order by name')
      for (const hint of ['', 'x', '-1', '9'.repeat(30), '{}', 'e30=', '\u0000']) {
        const resumed: OrderedRead | null = await refusedOrAnswered(read(byName, { ...first.position, hint }))
        if (resumed === null) continue
        const lost: readonly Placed[] = rows
          .slice(1)
          .filter(({ label }) => resumed.rows.every((row) => row.label !== label))
        assert.deepEqual(lost, [], `after the first row with the hint ${quote(hint)}: rows that are lost`)
      }
    },
  },
]
