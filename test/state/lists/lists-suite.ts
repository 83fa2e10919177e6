import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareCodePoints, type Direction, type TextTest, textMatcher } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import type { Place } from '../../../src/state/lists/keyset.ts'
import type { OrderTerm } from '../../../src/state/lists/order-term.ts'
import {
  orderPicked,
  pickPage,
  selectOrderValues,
  selectPickedValues,
  toPage,
  toPageRequest,
} from '../../../src/state/lists/page.ts'
import { pushDown } from '../../../src/state/lists/pushdown.ts'
import { toOptionalTextCondition } from '../../../src/state/lists/text-condition.ts'
import { openDatabase } from '../../../src/state/open-database.ts'
import { defineTables } from '../../../src/state/table-room.ts'
import { oddTexts } from '../../adapters/local/odd-registry.ts'
import { type DatabaseSource, silent } from '../database-source.ts'

/** A table of nobody's, with columns that may be empty and hardly anything that tells rows apart. */
interface ThingRow {
  id: number
  name: string
  note: string | null
  size: number | null
  score: number | null
  version: number
}

const thingTables = defineTables<{ thing: ThingRow }>({
  '0001-thing': ({ text, integer, double }) => ({
    async up(database) {
      await database.schema
        .createTable('thing')
        .addColumn('id', integer, (column) => column.primaryKey())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('note', text)
        .addColumn('size', integer)
        .addColumn('score', double)
        .addColumn('version', integer, (column) => column.notNull())
        .execute()
    },
  }),
})

const kinds = {
  id: 'integer',
  name: 'text',
  note: 'text',
  size: 'integer',
  score: 'double',
  version: 'version',
} as const
type Column = keyof typeof kinds
const optional: readonly Column[] = ['note', 'size', 'score']
const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T
const things = Array.from(
  { length: 120 },
  (_, id): ThingRow => ({
    id,
    name: at(['a', 'B', 'é', '～', '😀'], id * 7),
    note: at([null, ...oddTexts], id * 5),
    size: at([null, 0, -1, 2 ** 53 - 1, 7], id * 3),
    score: at([0.5, null, Number.NEGATIVE_INFINITY, 1e300, Number.POSITIVE_INFINITY, -0.1], id),
    version: at([1, 2, 10, 9], id),
  }),
)

interface Entry {
  readonly column: Column
  readonly direction: Direction
}
const entries = fc.uniqueArray(
  fc.record({
    column: fc.constantFrom<Column>('name', 'note', 'size', 'score', 'version'),
    direction: fc.constantFrom('asc', 'desc'),
  }),
  { minLength: 0, maxLength: 5, selector: ({ column }) => column },
)
const texts = fc.oneof(fc.constantFrom(...oddTexts), fc.constantFrom('', 'nul\0', 'ss', 'i', 'k', 'ÉB'))
const textTests = fc.array(
  fc.oneof(
    fc.record({
      operator: fc.constantFrom('eq', 'ne', 'contains', 'startsWith', 'endsWith'),
      value: texts,
      ignoreCase: fc.boolean(),
    }),
    fc.record({
      operator: fc.constant('in'),
      values: fc.array(texts, { maxLength: 4 }),
      ignoreCase: fc.boolean(),
    }),
  ) as fc.Arbitrary<TextTest>,
  { minLength: 1, maxLength: 2 },
)

/** What a room that is no adapter does with them, on tables of its own. */
export function describeLists(source: DatabaseSource, times: number): void {
  describe(`lists on ${source.name}`, () => {
    let database: GatewayDatabase<{ thing: ThingRow }>
    beforeAll(async () => {
      const opened = await openDatabase(await source.createUrl(), { log: silent, rooms: [thingTables] })
      database = thingTables.in(opened) as typeof database
      await database.queries.insertInto('thing').values(things).execute()
    })
    afterAll(async () => {
      await database.close()
      await source.dispose()
    })

    const readPage = async (
      order: readonly Entry[],
      after: Place | null,
      continuation: string | null,
      limit: number,
    ) => {
      const request = toPageRequest(order.map(toTerm), after, { continuation, limit })
      const rows = await database.queries
        .selectFrom('thing as t')
        .select('t.id')
        .select(selectOrderValues(request))
        .where(request.start)
        .orderBy(request.orderBy)
        .limit(request.size + 1)
        .execute()
      const picked = pickPage<{ id: number }>(request, {
        keys: sql`t.id`,
        from: sql`thing as t`,
        where: sql<boolean>`t.id >= 0`,
      })
      const again = await database.queries
        .selectFrom(picked.as<'picked'>(sql.ref('picked')))
        .select('picked.id')
        .select(selectPickedValues(request, 'picked'))
        .orderBy(orderPicked(request.terms, 'picked'))
        .execute()
      expect(again).toEqual(rows)
      return toPage(request, rows, ({ id }) => id, null)
    }

    test('go on after any row, by any number of terms', async () => {
      await fc.assert(
        fc.asyncProperty(entries, fc.integer({ min: 1, max: 40 }), async (asked, limit) => {
          const order = [...asked, { column: 'id', direction: 'asc' } as const]
          const ids: number[] = []
          let continuation: string | null = null
          do {
            const page: { items: readonly number[]; continuation: string | null } = await readPage(
              order,
              null,
              continuation,
              limit,
            )
            ids.push(...page.items)
            continuation = page.continuation
          } while (continuation !== null)
          expect(ids).toEqual(sorted(order).map(({ id }) => id))
        }),
        { numRuns: 30 * times },
      )
    })

    test('begin before or after the rows of a place that says less than the order', async () => {
      await fc.assert(
        fc.asyncProperty(
          entries,
          fc.constantFrom(...things),
          fc.nat(5),
          fc.boolean(),
          async (asked, thing, known, isBefore) => {
            const order = [...asked, { column: 'id', direction: 'asc' } as const]
            const said = order.slice(0, known)
            const after = { values: said.map(({ column }) => thing[column]), isBefore }
            const { items } = await readPage(order, after, null, 1000)
            const rest = sorted(order).filter((row) => {
              const side = compare(said, row, thing)
              return side > 0 || (side === 0 && isBefore)
            })
            expect(items).toEqual(rest.map(({ id }) => id))
          },
        ),
        { numRuns: 60 * times },
      )
    })

    test('give the rows whose texts pass all tests, with and without regard to case', async () => {
      await fc.assert(
        fc.asyncProperty(textTests, fc.boolean(), async (tests, negated) => {
          const leaf = { kind: 'text', tests } as const
          const filter = negated ? ({ kind: 'not', filter: leaf } as const) : leaf
          const { condition, residue } = pushDown<typeof leaf>(filter, (part) =>
            toOptionalTextCondition(database.functions, sql.ref('t.note'), part.tests),
          )
          const rows = await database.queries
            .selectFrom('thing as t')
            .select('t.note')
            .where(condition)
            .orderBy('t.id')
            .execute()
          const matches = textMatcher(tests)
          const passes = (note: string | null) => (note !== null && matches(note)) !== negated
          const notes = rows.map(({ note }) => note)
          expect(residue === null ? notes : notes.filter(passes)).toEqual(
            things.map(({ note }) => note).filter(passes),
          )
        }),
        { numRuns: 100 * times },
      )
    })

    test('refuse a place that does not fit the order', async () => {
      const order: Entry[] = [{ column: 'size', direction: 'asc' }]
      for (const values of [['text'], [0.5], [1, 2]]) {
        await expect(readPage(order, { values, isBefore: false }, null, 1)).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
        })
      }
      for (const continuation of ['', '{}', '[]', '["n1","n2"]', '["x"]']) {
        await expect(readPage(order, null, continuation, 1)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
      }
    })
  })
}

function toTerm({ column, direction }: Entry): OrderTerm {
  return {
    kind: kinds[column],
    expression: sql.ref(`t.${column}`),
    direction,
    optional: optional.includes(column),
  }
}

function sorted(order: readonly Entry[]): ThingRow[] {
  return things.toSorted((a, b) => compare(order, a, b))
}

function compare(order: readonly Entry[], a: ThingRow, b: ThingRow): number {
  for (const { column, direction } of order) {
    const [first, second] = [a[column], b[column]]
    if (first === second) continue
    if (first === null) return 1
    if (second === null) return -1
    const ascending =
      typeof first === 'string'
        ? compareCodePoints(first, second as string)
        : first < (second as number)
          ? -1
          : 1
    return direction === 'asc' ? ascending : -ascending
  }
  return 0
}
