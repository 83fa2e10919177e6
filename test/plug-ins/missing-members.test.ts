import { expect, it } from 'vitest'
import { everyMember, makeFacets } from '../../src/contract/facet-places.ts'
import { assertAdapter } from '../../src/plug-ins/missing-members.ts'

const plugIn = { name: 'acme', adapter: './acme.mjs' }
const own = { describe() {}, health() {}, close() {} }
const whole = { ...own, ...makeFacets(() => () => {}) }

it('an adapter with every member that there is lacks none', () => {
  expect(() => assertAdapter(whole, plugIn)).not.toThrow()
})

it.each(
  everyMember
    .filter(({ row }) => !row.optional || row.with !== undefined)
    .map(({ path, name, operation }) => ({ path, name, operation })),
)('an adapter without $path $name is told so', ({ path, name, operation }) => {
  const facets = makeFacets((place) => (place.operation === operation ? undefined : () => {}))
  // What has one member only would be missing as a whole, which may be.
  if (everyMember.filter((one) => String(one.path) === String(path)).length === 1)
    Object.assign(path.length > 1 ? (facets.writes ?? {}) : facets, { [path.at(-1) ?? '']: {} })
  expect(() => assertAdapter({ ...own, ...facets }, plugIn)).toThrow(
    `an adapter without ${path.join('.')}.${name}(); implement it, or leave out the whole facet`,
  )
})

it('an adapter whose writes are none is told so', () => {
  expect(() => assertAdapter({ ...whole, writes: 5 }, plugIn)).toThrow('an adapter without writes; implement')
})
