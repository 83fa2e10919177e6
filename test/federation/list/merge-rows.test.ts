import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCodePoints, comparePositions, type ModelOrder } from '../../../src/contract/index.ts'
import type { ListRequest } from '../../../src/federation/list/ask-registry.ts'
import { mergeRows } from '../../../src/federation/list/merge-rows.ts'
import type { Reader } from '../../../src/federation/session/reader.ts'
import { rounds } from '../../environment/rounds.ts'

const order: readonly ModelOrder[] = [{ field: 'updatedAt', direction: 'desc' }]
const rowsOf = fc.uniqueArray(
  fc.record({ value: fc.option(fc.integer({ min: 0, max: 3 })), name: fc.stringMatching(/^[a-d]{1,2}$/) }),
  { selector: ({ name }) => name, maxLength: 12 },
)

describe('the rows of several registries', () => {
  it('are merged into the order of all of them, as far as the page goes and one more', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 5 }),
        fc.array(rowsOf, { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (names, given, first) => {
          const collected = names.map((registry, source) =>
            (given[source] ?? [])
              .map(({ value, name }) => ({
                row: { registry, name },
                values: [value],
                name,
                version: null,
                hint: null,
              }))
              .sort((a, b) => comparePositions(order, a, b)),
          )
          const all = collected.flat().toSorted((a, b) => {
            const byValue = comparePositions(order, { ...a, name: null }, { ...b, name: null })
            return (
              byValue ||
              compareCodePoints(a.row.registry, b.row.registry) ||
              compareCodePoints(a.name, b.name)
            )
          })
          const request = { registries: names.map((name) => ({ name }) as Reader), order, first }
          const merged = mergeRows(
            request as unknown as ListRequest<unknown, ModelOrder>,
            collected.map((rows) => ({ collected: { rows, total: null, failure: null, flaw: null } })),
          )
          const page = merged.rows.slice(0, first)
          expect(page.map(({ row }) => row)).toEqual(all.slice(0, first).map(({ row }) => row))
          expect(merged.rows.length > first).toBe(all.length > first)
          page.forEach(({ row }, index) => {
            expect(names[merged.sourceOf(index)]).toBe(row.registry)
          })
        },
      ),
      { numRuns: rounds(200, 5000) },
    )
  })
})
