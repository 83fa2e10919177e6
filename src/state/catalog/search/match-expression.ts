import { type RawBuilder, sql } from 'kysely'
import type { WantedWord, WordCondition } from '../../../words/word-index.ts'

export type DocumentTable = 'search_model' | 'search_version'

interface Spelling {
  word(wanted: WantedWord): string
  readonly and: string
  readonly or: string
}

// Words are letters and digits alone, so that nothing in them has a meaning to either database.
const ofSqlite: Spelling = {
  word: ({ text, isBeginning }) => `"${text}"${isBeginning ? ' *' : ''}`,
  and: ' AND ',
  or: ' OR ',
}
const ofPostgres: Spelling = {
  word: ({ text, isBeginning }) => `'${text}'${isBeginning ? ':*' : ''}`,
  and: ' & ',
  or: ' | ',
}

/** Selects the ids of the documents that have the words. */
export function matching(
  kind: 'sqlite' | 'postgres',
  table: DocumentTable,
  condition: WordCondition,
): RawBuilder<unknown> {
  const text = toText(condition, kind === 'sqlite' ? ofSqlite : ofPostgres)
  if (kind === 'postgres') return sql`select id from ${sql.table(table)} where tokens @@ ${text}::tsquery`
  const index = sql.table(`${table}_index`)
  return sql`select rowid as id from ${index} where ${index} match ${text}`
}

function toText({ groups, missing }: WordCondition, spelling: Spelling): string {
  const texts = groups.map((group) => `(${group.map(spelling.word).join(spelling.or)})`)
  if (missing === 0) return texts.join(spelling.and)
  const without = texts.map((_, left) => {
    const others = texts.filter((__, index) => index !== left)
    return `(${others.join(spelling.and)})`
  })
  return without.join(spelling.or)
}
