import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ReadRow,
  type Resume,
  readPage,
  type Window,
} from '../../../src/adapters/mlflow/reads/read-page.ts'
import { orderModels, type RowOrder } from '../../../src/adapters/mlflow/reads/row-order.ts'
import { compareCodePoints, type ModelRecord } from '../../../src/contract/index.ts'

const modelOf = (name: string, updatedAt: number): ModelRecord => ({
  name,
  description: null,
  tags: [],
  aliases: [],
  createdAt: null,
  updatedAt: new Date(updatedAt),
  archived: false,
  latestVersions: null,
})

/** Serves windows of rows that change between them, and counts what it is asked. */
class Upstream {
  rows: ModelRecord[]
  loads = 0
  readonly #compare: (a: ModelRecord, b: ModelRecord) => number

  constructor(rows: ModelRecord[], compare: (a: ModelRecord, b: ModelRecord) => number) {
    this.rows = rows
    this.#compare = compare
  }

  load = async (offset: number, size: number): Promise<Window<ModelRecord>> => {
    this.loads++
    const sorted = this.rows.toSorted(this.#compare)
    const end = offset + size
    return { rows: sorted.slice(offset, end), next: end < sorted.length ? end : null }
  }
}

type PageRead = Awaited<ReturnType<typeof readPage<ModelRecord>>>

interface Write {
  readonly kind: 'insert' | 'delete'
  readonly at: number
}

async function readAll(
  upstream: Upstream,
  order: RowOrder<ModelRecord>,
  limit: number,
  between: (page: number) => void = () => {},
): Promise<string[]> {
  const names: string[] = []
  let resume: Resume | null = null
  for (let page = 0; ; page++) {
    const { rows, more }: PageRead = await readPage({
      order,
      limit,
      maxSize: 1000,
      resume,
      load: upstream.load,
    })
    names.push(...rows.map(({ row }) => row.name))
    resume = placeOf(order, rows.at(-1)) ?? resume
    if (!more) return names
    between(page)
  }
}

const placeOf = (order: RowOrder<ModelRecord>, last: ReadRow<ModelRecord> | undefined): Resume | null =>
  last ? { place: order.place(last.row), offset: last.offset } : null

const byName = (a: ModelRecord, b: ModelRecord) => compareCodePoints(a.name, b.name)
const localeNames = new Intl.Collator('en').compare
const byTime = (a: ModelRecord, b: ModelRecord) =>
  Number(a.updatedAt) - Number(b.updatedAt) || localeNames(a.name, b.name)

const numbered = (count: number) => Array.from({ length: count }, (_, n) => modelOf(`m${1000 + n}`, n))
const ascending = orderModels([{ field: 'name', direction: 'asc' }], true)

describe('a page by an offset that is only a hint', () => {
  it('costs one request, of two rows more, when nothing changed', async () => {
    const upstream = new Upstream(numbered(200), byName)
    const first = await readPage({
      order: ascending,
      limit: 50,
      maxSize: 1000,
      resume: null,
      load: upstream.load,
    })
    const resume = placeOf(ascending, first.rows.at(-1))
    const sizes: number[] = []
    const next = await readPage({
      order: ascending,
      limit: 50,
      maxSize: 1000,
      resume,
      load: (offset, size) => {
        sizes.push(size)
        return upstream.load(offset, size)
      },
    })
    expect(sizes).toEqual([52])
    expect(next.rows[0]?.row.name).toBe('m1050')
    expect(next.rows.length).toBeGreaterThanOrEqual(50)
  })

  it('gallops back over many deleted rows', async () => {
    const upstream = new Upstream(numbered(500), byName)
    const resume = { place: ascending.place(modelOf('m1400', 0)), offset: 400 }
    upstream.rows = upstream.rows.filter(({ name }) => name >= 'm1390' || name < 'm1010')
    const { rows } = await readPage({
      order: ascending,
      limit: 5,
      maxSize: 1000,
      resume,
      load: upstream.load,
    })
    expect(rows[0]?.row.name).toBe('m1401')
    expect(upstream.loads).toBeLessThan(12)
  })

  it('finds a place without a hint from the beginning', async () => {
    const upstream = new Upstream(numbered(300), byName)
    const resume = { place: ascending.place(modelOf('m1250', 0)), offset: 0 }
    const { rows } = await readPage({
      order: ascending,
      limit: 5,
      maxSize: 1000,
      resume,
      load: upstream.load,
    })
    expect(rows[0]?.row.name).toBe('m1251')
    expect(upstream.loads).toBeLessThan(10)
  })

  it('goes on where hidden rows are counted', async () => {
    const upstream = new Upstream(numbered(300), byName)
    const visible = ({ name }: ModelRecord) => Number(name.slice(1)) % 3 === 0
    // As basic-auth does: what may not be seen is taken out, the page filled again, and all of it counted.
    const load = async (offset: number, size: number) => {
      const sorted = upstream.rows.toSorted(byName)
      const rows: ModelRecord[] = []
      let next = offset
      while (rows.length < size && next < sorted.length) {
        const row = sorted[next++]
        if (row && visible(row)) rows.push(row)
      }
      return { rows, next: next < sorted.length ? next : null }
    }
    const hiding = { rows: upstream.rows, load } as unknown as Upstream
    expect(await readAll(hiding, ascending, 7)).toEqual(upstream.rows.filter(visible).map(({ name }) => name))
  })

  it('refuses when too many rows cannot be told apart', async () => {
    const mixed = orderModels([{ field: 'updatedAt', direction: 'asc' }], false)
    const upstream = new Upstream(
      numbered(30).map((model) => ({ ...model, updatedAt: new Date(0) })),
      byTime,
    )
    const reading = readPage({ order: mixed, limit: 5, maxSize: 20, resume: null, load: upstream.load })
    await expect(reading).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('refuses, and does not ask for ever, when so few rows come at once that it gets no further', async () => {
    const mixed = orderModels([{ field: 'updatedAt', direction: 'asc' }], false)
    const upstream = new Upstream(numbered(30), byTime)
    const load = (offset: number, size: number) => upstream.load(offset, Math.min(size, 3))
    const few = { rows: upstream.rows, load } as unknown as Upstream
    await expect(readAll(few, mixed, 5)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    expect(upstream.loads).toBeLessThan(12)
  })
})

const write = fc.record({ kind: fc.constantFrom('insert' as const, 'delete' as const), at: fc.nat(200) })
const writes = fc.array(fc.array(write, { maxLength: 12 }), { maxLength: 20 })

function writing(upstream: Upstream, rounds: readonly (readonly Write[])[], touched: Set<string>) {
  let fresh = 0
  return (page: number) => {
    for (const { kind, at } of rounds[page] ?? []) {
      if (kind === 'insert') {
        const name = `m${1000 + at}${at % 2 ? 'x' : 'Y'}${fresh++}`
        upstream.rows.push(modelOf(name, at % 13))
        touched.add(name)
      } else {
        const [gone] = upstream.rows.splice(at % Math.max(1, upstream.rows.length), 1)
        if (gone) touched.add(gone.name)
      }
    }
  }
}

describe('pages while others write', () => {
  it('lose and repeat no row that nobody touched, by name', async () => {
    await fc.assert(
      fc.asyncProperty(writes, fc.integer({ min: 1, max: 20 }), async (rounds, limit) => {
        const upstream = new Upstream(numbered(60), byName)
        const before = upstream.rows.map(({ name }) => name)
        const touched = new Set<string>()
        const names = await readAll(upstream, ascending, limit, writing(upstream, rounds, touched))
        expect(names.filter((name) => !touched.has(name))).toEqual(
          before.filter((name) => !touched.has(name)),
        )
      }),
    )
  })

  it('lose and repeat none by time, with many ties that the server sorts by a locale', async () => {
    const order = orderModels([{ field: 'updatedAt', direction: 'asc' }], false)
    const expected = (models: ModelRecord[]) =>
      models
        .toSorted((a, b) => Number(a.updatedAt) - Number(b.updatedAt) || byName(a, b))
        .map(({ name }) => name)
    await fc.assert(
      fc.asyncProperty(writes, fc.integer({ min: 1, max: 20 }), async (rounds, limit) => {
        const rows = numbered(60).map(({ name }, n) => modelOf(`${n % 2 ? 'a' : 'B'}${name}`, n % 13))
        const upstream = new Upstream(rows, byTime)
        const before = expected(rows)
        const touched = new Set<string>()
        const names = await readAll(upstream, order, limit, writing(upstream, rounds, touched))
        expect(names.filter((name) => !touched.has(name))).toEqual(
          before.filter((name) => !touched.has(name)),
        )
      }),
    )
  })
})
