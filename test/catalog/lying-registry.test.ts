import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { Adapter, AliasRecord, ModelQuery, ModelRecord } from '../../src/contract/index.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { createFileSource } from '../state/database-source.ts'
import { openTwoProcesses } from './two-processes.ts'

const source = createFileSource()
let room: Awaited<ReturnType<typeof openTwoProcesses>>
afterEach(() => room.close())
afterAll(() => source.dispose())

const open = async (wrap?: (adapter: Adapter) => Adapter) => {
  room = await openTwoProcesses(await source.createUrl(), wrap)
}

/** Of a registry whose lists of models say something else than it has. */
const openLying = (lie: (rows: readonly ModelRecord[], query: ModelQuery) => readonly ModelRecord[]) =>
  open((adapter) => ({
    ...adapter,
    models: {
      ...adapter.models,
      list: async (query, call) => {
        const page = await adapter.models.list(query, call)
        return { ...page, items: lie(page.items, query) }
      },
    },
  }))

it('one row with a time to come hides nothing that changes after it', async () => {
  await openLying((rows, { order }) => {
    const items = rows.map((row) =>
      row.name === 'future' ? { ...row, updatedAt: new Date('2099-01-01T00:00:00Z') } : row,
    )
    const isNewestFirst = order[0]?.field === 'updatedAt' && order[0].direction === 'desc'
    const first = items.toSorted((a, b) => Number(b.name === 'future') - Number(a.name === 'future'))
    return isNewestFirst ? first : items
  })
  for (const name of ['future', 'churn']) await room.store.models.create({ name })
  expect(await room.sync()).toMatchObject({ kind: 'swept' })
  await wait(5)
  await room.store.models.describe('churn', 'Changed.')
  expect(await room.sync({ full: false })).toMatchObject({ kind: 'checked' })
  expect(await room.indexed()).toMatchObject({ description: 'Changed.' })
})

it('lists that are empty for once make nothing go away', async () => {
  let isEmpty = false
  const empty = <Page extends { readonly items: readonly unknown[]; readonly continuation: string | null }>(
    page: Page,
  ) => (isEmpty ? { ...page, items: [], continuation: null } : page)
  await open((adapter) => ({
    ...adapter,
    models: { ...adapter.models, list: async (...given) => empty(await adapter.models.list(...given)) },
    versions: { ...adapter.versions, list: async (...given) => empty(await adapter.versions.list(...given)) },
  }))
  await room.store.models.create({ name: 'churn' })
  await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
  await room.sync()
  isEmpty = true
  expect(await room.sync()).toMatchObject({ kind: 'swept' })
  expect(await room.indexed()).toMatchObject({ name: 'churn' })
  expect(await room.told()).toEqual([])
})

it('a clock that was ahead and is set right keeps no sweep from its time, and makes no window upside down', async () => {
  await open()
  await room.store.models.create({ name: 'churn' })
  await room.sync()
  const ahead = Date.now() + 7_200_000
  const { queries } = catalogTables.in(room.database)
  await queries.updateTable('catalog_registry').set({ swept_at: ahead, checked_at: ahead }).execute()
  await queries.updateTable('catalog_model').set({ looked_at: ahead }).execute()
  await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
  expect(await room.sync({ full: false })).toMatchObject({ kind: 'swept' })
  const [event] = await room.events()
  expect(event).toMatchObject({ kind: 'TAG_SET', certainty: 'OBSERVED', not_before: null })
})

it('the window of a model goes back to before a look that passed it by, as somebody was writing to it', async () => {
  await open()
  await room.sync()
  await wait(5)
  const made = Date.now()
  await room.store.models.create({ name: 'churn' })
  await wait(5)
  const end = await room.setTag(0, 'a', '1')
  await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
  await room.sync()
  await end()
  const [created] = await room.events()
  expect(created).toMatchObject({ kind: 'MODEL_CREATED', certainty: 'OBSERVED' })
  expect(created?.not_before).toBeLessThanOrEqual(made)
})

it('a name that differs in its case alone is another one', async () => {
  await open()
  await room.store.models.create({ name: 'Churn' })
  await room.store.versions.create({ model: 'Churn', source: 's3://b/x' })
  await room.sync()
  await room.store.models.rename('Churn', 'churn')
  await room.sync()
  expect(await room.indexed()).toMatchObject({ name: 'churn' })
  expect(await room.told()).toEqual([
    'OBSERVED MODEL_CREATED - -: null > churn',
    'OBSERVED VERSION_CREATED 1 -: null > 1',
    'OBSERVED MODEL_DELETED - -: Churn > null',
  ])
})

async function openWithAliases(aliases: () => readonly AliasRecord[]) {
  await openLying((rows) => rows.map((row) => ({ ...row, aliases: aliases() })))
  await room.store.models.create({ name: 'churn' })
}

it('a change among more aliases than a statement has parameters for is taken in', async () => {
  let changed = '1'
  const others = Array.from({ length: 17_000 }, (_, index) => ({ name: `alias-${index}`, version: '1' }))
  await openWithAliases(() => [{ name: 'a', version: changed }, ...others])
  await room.sync()
  changed = '2'
  expect(await room.sync()).toMatchObject({ kind: 'swept' })
  expect(await room.indexed()).toHaveProperty(['aliases', 0], { name: 'a', version: '2' })
})

it('of an alias that comes twice the last is taken in', async () => {
  await openWithAliases(() => ['1', '2'].map((version) => ({ name: 'champion', version })))
  expect(await room.sync()).toMatchObject({ kind: 'swept' })
  expect(await room.indexed()).toMatchObject({ aliases: [{ name: 'champion', version: '2' }] })
})
