import type { Check, CheckContext } from '../check.ts'
import { time } from '../filters/filter-builders.ts'
import { assertModelFilter, assertVersionFilter } from '../filters/filtered-rows.ts'

const source = 'modelgate/adapter: TimeCondition'
const fields = ['createdAt', 'updatedAt'] as const
const operators = ['gt', 'gte', 'lt', 'lte'] as const

interface Timed {
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
}

/** The time of a row, and a millisecond to either side. */
function timesAround(rows: readonly Timed[], { effort }: CheckContext) {
  const count = effort === 'full' ? 6 : 2
  const step = Math.max(1, Math.floor(rows.length / count))
  const some = rows.filter((_, index) => index % step === 0)
  return fields.flatMap((field) =>
    [...new Set(some.map((row) => row[field]?.getTime()))].flatMap((at) =>
      at === undefined ? [] : [-1, 0, 1].map((off) => ({ field, at: new Date(at + off) })),
    ),
  )
}

/** The first and the last time that a Date holds, and years that are not written with four digits. */
const extremes = [-8.64e15, -62_200_000_000_000, 0, 253_500_000_000_000, 8.64e15].map((at) => new Date(at))

export const timeChecks: readonly Check[] = [
  {
    id: 'MG-TIME-001',
    level: 'MUST',
    title: 'Filters by time of models are right to the millisecond',
    needs: [],
    source,
    why: 'Whoever asks for what is new since the last look must neither miss a row nor see one again.',
    async run(context) {
      for (const { field, at } of timesAround(context.truth.models, context))
        for (const operator of operators) await assertModelFilter(context, time(field, operator, at))
    },
  },
  {
    id: 'MG-TIME-002',
    level: 'MUST',
    title: 'Filters by time of versions are right to the millisecond',
    needs: [],
    source,
    why: 'Whoever asks for what is new since the last look must neither miss a row nor see one again.',
    async run(context) {
      const rows = context.truth.versions.map(({ record }) => record)
      for (const { field, at } of timesAround(rows, context))
        for (const operator of operators) await assertVersionFilter(context, time(field, operator, at))
    },
  },
  {
    id: 'MG-TIME-003',
    level: 'MUST',
    title: 'Filters by the first and the last time there is are right',
    needs: [],
    source,
    why: 'Such times stand for "since ever" and "for ever", and have years that are not four digits long.',
    async run(context) {
      for (const at of extremes)
        for (const field of fields) {
          await assertModelFilter(context, time(field, 'gte', at))
          await assertVersionFilter(context, time(field, 'lt', at))
        }
    },
  },
]
