import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listModels } from '../../src/federation/list/over-registries.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

type Write =
  | { readonly kind: 'insert'; readonly at: number }
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'rename'; readonly at: number; readonly to: number }

const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(99) }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(99) }),
  fc.record({ kind: fc.constant('rename' as const), at: fc.nat(99), to: fc.nat(99) }),
)

function apply(registry: StoredRegistry, change: Write): void {
  const touched = `touched-${change.at}`
  const index = registry.models.findIndex(({ name }) => name === touched)
  if (change.kind === 'insert' && index < 0) registry.addModel(touched)
  if (change.kind === 'delete' && index >= 0) registry.models.splice(index, 1)
  const model = registry.models[index]
  const free = !registry.models.some(
    ({ name }) => change.kind === 'rename' && name === `touched-${change.to}`,
  )
  if (change.kind === 'rename' && model && free) {
    registry.models[index] = { ...model, name: `touched-${change.to}` }
  }
}

it('loses and repeats no row that nobody touched, whatever others write between the pages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(write, { maxLength: 6 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('name' as const, 'createdAt' as const),
      async (writesBetween, first, field) => {
        const registries = { one: new StoredRegistry(), two: new StoredRegistry() }
        const untouched: string[] = []
        for (const [name, registry] of Object.entries(registries)) {
          for (let row = 0; row < 20; row++) {
            registry.addModel(row % 2 ? `touched-${row}` : `still-${row}`)
            if (row % 2 === 0) untouched.push(`${name}/still-${row}`)
          }
        }
        const federation = openFederation(registries)
        const seen: string[] = []
        let after: string | null = null
        for (let page = 0; ; page++) {
          const request = { ...modelRequest, order: [{ field, direction: 'desc' as const }], first, after }
          const list = await listModels(openSession(federation), request)
          seen.push(...list.nodes.map(({ registry, name }) => `${registry}/${name}`))
          if (!list.hasNextPage) break
          after = list.cursors.cursorAt(list.nodes.length - 1)
          for (const [index, change] of (writesBetween[page % writesBetween.length] ?? []).entries()) {
            apply(index % 2 ? registries.one : registries.two, change)
          }
        }
        expect(seen.filter((row) => row.includes('still')).toSorted()).toEqual(untouched.toSorted())
      },
    ),
  )
})
