import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { everyFacet, everyMember, makeFacets } from '../../src/contract/facet-places.ts'

const page = (name: string) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')

it('are those that the page for authors says what is missing without', () => {
  const [, table = ''] = page('writing-an-adapter').split('| facet | without it |\n| --- | --- |\n')
  const [rows = ''] = table.split('\n\n')
  const named = rows.split('\n').flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? [])
  const own = everyFacet.filter(({ path }) => path.length === 1).map(({ path }) => path[0])
  expect(named.toSorted()).toEqual(['close', 'describe', 'health', ...own].toSorted())
})

it('lack what the page on conformance names', () => {
  const [, rest = ''] = page('conformance').split('`needs` names what the adapter')
  const [, needs = ''] = rest.split('\n\n')
  const lacks = [...everyFacet, ...everyMember].flatMap(({ row }) => row.lack ?? [])
  expect(lacks.length).toBeGreaterThan(15)
  expect(lacks.filter((lack) => !needs.includes(`\`${lack}\``))).toEqual([])
})

it('are made of what there is, and left out where nothing is', () => {
  const made = makeFacets(({ operation }) =>
    ['runs.get', 'aliases.set', 'aliases.delete'].includes(operation) ? operation : undefined,
  )
  expect(made).toEqual({
    runs: { get: 'runs.get' },
    writes: { aliases: { set: 'aliases.set', delete: 'aliases.delete' } },
  })
})
