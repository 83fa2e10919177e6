import { expect, it } from 'vitest'
import type { VersionOrder, VersionReads } from '../../../src/contract/index.ts'
import { listVersionsOfModel } from '../../../src/federation/list/versions-of-model.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

/** The same sequence as the one that is meant where nothing is said, by the way of all other lists. */
const inWords: readonly VersionOrder[] = [
  { field: 'version', direction: 'desc' },
  { field: 'model', direction: 'asc' },
]

async function open(count: number, ofModels?: (reads: VersionReads) => VersionReads['ofModels']) {
  const registry = new PlainRegistry()
  for (let version = 0; version < count; version++)
    registry.addVersion('m', {}, { archived: version % 3 === 1 })
  const { adapter } = registry
  const versions = { ...adapter.versions, ...(ofModels && { ofModels: ofModels(adapter.versions) }) }
  const federation = openFederation({ main: { adapter: { ...adapter, versions } } })
  const model = await openSession(federation).registry('main').model('m')
  if (!model) throw new Error('There is no model.')
  return async (
    order: readonly VersionOrder[] | null,
    first: number,
    includeArchived: boolean,
    after: string | null = null,
  ) => {
    const list = await listVersionsOfModel(openSession(federation), model, {
      order,
      first,
      includeArchived,
      after,
      filter: null,
    })
    const { nodes, cursors, sources, ...facts } = list
    return {
      ...facts,
      sources: sources.map(({ asOf, latencyMs, ...source }) => ({
        ...source,
        isDated: asOf !== null && latencyMs !== null,
      })),
      numbers: nodes.map(({ version }) => version),
      cursorAt: (index: number) => cursors.cursorAt(index),
    }
  }
}

it.each([1, 4, 9])(
  'the first of %i versions are what the way of all lists finds, and go on as they do',
  async (count) => {
    const ask = await open(count)
    for (const includeArchived of [true, false])
      for (let first = 1; first <= count + 1; first++) {
        const [short, long] = [
          await ask(null, first, includeArchived),
          await ask(inWords, first, includeArchived),
        ]
        // Of a batch that is cut off nobody knows how many there are.
        const totalCount = short.totalCount === null ? null : long.totalCount
        expect({ ...short, cursorAt: null }).toEqual({ ...long, totalCount, cursorAt: null })
        expect(() => short.cursorAt(first)).toThrow(RangeError)
        const all = [...short.numbers]
        let page = short
        while (page.hasNextPage) {
          page = await ask(null, first, includeArchived, page.cursorAt(page.numbers.length - 1))
          all.push(...page.numbers)
        }
        expect(all).toEqual((await ask(null, 100, includeArchived)).numbers)
      }
  },
)

it('a batch in another order, of other models too, or that is cut off is no reason for another list', async () => {
  const all = (await (await open(9))(null, 100, true)).numbers
  const mixed = await open(9, (reads) => async (...given) => {
    const outcomes = (await reads.ofModels(...given)) as unknown as {
      versions: { modelName: string }[]
      complete: boolean
    }[]
    return outcomes.map(({ versions, complete }) => ({
      versions: [...versions.slice(4), ...versions.slice(0, 4), { ...versions[0], modelName: 'other' }],
      complete,
    })) as never
  })
  expect((await mixed(null, 100, true)).numbers).toEqual(all)
  const cut = await open(9, (reads) => async (names, _, call) => {
    const outcomes = (await reads.ofModels(names, 2, call)) as unknown as { versions: unknown[] }[]
    return outcomes.map(({ versions }) => ({ versions: versions.slice(0, 2), complete: false })) as never
  })
  const page = await cut(null, 5, true)
  expect([page.numbers, page.hasNextPage]).toEqual([all.slice(0, 5), true])
})
