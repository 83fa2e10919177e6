import type { ChangeReads } from '../../../contract/index.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'

const modelsAtOnce = 500

export function changeReads(registry: LocalRegistry): ChangeReads {
  const { queries } = registry.database
  return {
    async since(cursor, call) {
      const end = queries.selectFrom('local_feed').select('last').where('registry', '=', registry.name)
      const last = (await runStatement(registry, call, end))[0]?.last ?? 0
      if (cursor === null) return { models: [], cursor: String(last), more: false }
      const from = /^[0-9]{1,15}$/.test(cursor) ? Number(cursor) : Number.POSITIVE_INFINITY
      // A database that was set back has given these numbers to something else.
      if (from > last) return null
      const changes = queries
        .selectFrom('local_change')
        .select(['model', 'number'])
        .where('registry', '=', registry.name)
        .where('number', '>', from)
        .orderBy('number')
        .orderBy('model')
        .limit(modelsAtOnce + 1)
      const rows = from === last ? [] : await runStatement(registry, call, changes)
      if (rows.length <= modelsAtOnce) {
        const number = Math.max(last, ...rows.map((row) => row.number))
        return { models: rows.map(({ model }) => model), cursor: String(number), more: false }
      }
      // One write may have changed several models: none of them is told without the others.
      const next = rows[modelsAtOnce]?.number ?? last
      const told = rows.filter(({ number }) => number < next)
      return { models: told.map(({ model }) => model), cursor: String(next - 1), more: true }
    },
  }
}
