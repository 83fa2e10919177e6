import { sql } from 'kysely'
import type { AliasReads } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { selectVersionRows, toVersionRecord } from './version-rows.ts'

export function aliasReads(registry: LocalRegistry): AliasReads {
  return {
    async resolve(keys, call) {
      const pairs = keys
        .filter(({ model, alias }) => isStorableText(model) && isStorableText(alias))
        .map(({ model, alias }) => [model, alias] as const)
      if (pairs.length === 0) return keys.map(() => null)
      const holders = selectVersionRows(registry)
        .innerJoin('local_alias as h', (join) =>
          join.onRef('h.model_id', '=', 'v.model_id').onRef('h.number', '=', 'v.number'),
        )
        .select('h.name as alias')
        .where(registry.database.functions.inPairs(sql.ref('v.model_name'), sql.ref('h.name'), pairs))
      const rows = await runStatement(registry, call, holders)
      const records = new Map(rows.map((row) => [keyOf(row.model_name, row.alias), toVersionRecord(row)]))
      return keys.map(({ model, alias }) => records.get(keyOf(model, alias)) ?? null)
    },
  }
}

/** Neither a model's name nor an alias holds a colon. */
function keyOf(model: string, alias: string): string {
  return `${alias}:${model}`
}
