import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFixture } from '../../src/conformance/fixture/create-fixture.ts'
import { type Adapter, RegistryError } from '../../src/contract/index.ts'
import { guardedAdapter } from '../../src/plug-ins/guarded-adapter.ts'
import { newCall, silent } from '../adapters/counted-call.ts'
import { createMemoryStore } from '../conformance/memory/memory-store.ts'
import { createMemoryAdapter } from '../conformance/memory-adapter.ts'
import { rounds } from '../environment/rounds.ts'

const sound = createMemoryAdapter(createMemoryStore(createFixture('x-')))
const models = {
  filter: null,
  includeArchived: true,
  limit: 8,
  after: null,
  continuation: null,
  order: [{ field: 'name', direction: 'asc' }],
} as const
const versions = { ...models, order: [{ field: 'model', direction: 'asc' }] } as const

const junk = fc.constantFrom<unknown>(
  undefined,
  5,
  true,
  {},
  [5],
  [{ key: 5 }],
  Number.NaN,
  new Date(Number.NaN),
)
const fieldsOf = (row: object) => Object.keys(row)

/** A plug-in whose list gives this one row otherwise. */
function spoiling(index: number, field: string, value: unknown): Adapter {
  const spoil = <Row>(items: readonly Row[]) =>
    items.map((row, at) => (at === index ? { ...row, [field]: value } : row))
  const list = async <Page extends { items: readonly unknown[] }>(page: Promise<Page>) => {
    const given = await page
    return { ...given, items: spoil(given.items), hints: given.items.map((_, at) => `${at}`) } as Page
  }
  return guardedAdapter(
    {
      ...sound,
      models: { ...sound.models, list: (query, call) => list(sound.models.list(query, call)) },
      versions: { ...sound.versions, list: (query, call) => list(sound.versions.list(query, call)) },
    },
    { plugIn: { name: 'spoilt', adapter: './spoilt.js' }, mostRows: 100, log: silent },
  )
}

it('one row of a plug-in that breaks the contract is left out, and all others stand', async () => {
  const good = {
    models: (await sound.models.list(models, newCall())).items,
    versions: (await sound.versions.list(versions, newCall())).items,
  }
  const corruptions = fc.constantFrom<keyof typeof good>('models', 'versions').chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      index: fc.nat(good[kind].length - 1),
      field: fc.constantFrom(...fieldsOf(good[kind][0] ?? {})),
      value: junk,
    }),
  )
  let refused = 0
  await fc.assert(
    fc.asyncProperty(corruptions, async ({ kind, index, field, value }) => {
      const plugIn = spoiling(index, field, value)
      const page = await (kind === 'models'
        ? plugIn.models.list(models, newCall())
        : plugIn.versions.list(versions, newCall()))
      const isLeftOut = page.items.length < good[kind].length
      const isOther = (_: unknown, at: number) => at !== index
      const others = isLeftOut ? page.items : page.items.filter(isOther)
      expect(others).toEqual(good[kind].filter(isOther))
      expect(page.hints).toHaveLength(page.items.length)
      expect(RegistryError.is(page.flaw)).toBe(isLeftOut)
      if (isLeftOut) refused++
    }),
    { numRuns: rounds(200, 2000) },
  )
  expect(refused).toBeGreaterThan(100)
})
