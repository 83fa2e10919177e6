import { type Kysely, sql } from 'kysely'
import { toDocument, type WordDocument } from '../../../words/word-document.ts'
import { amongIds } from '../catalog-part.ts'
import { insertRows } from '../insert-rows.ts'
import { keepWords } from './keep-words.ts'
import type { DocumentTable } from './match-expression.ts'
import {
  type DocumentSource,
  type SearchedTexts,
  textsOfModels,
  textsOfVersions,
} from './search-documents.ts'

/** Makes documents anew, also of what has none yet. What is not there any more gets none. */
export async function writeModels(source: DocumentSource, ids: readonly number[]): Promise<void> {
  await removeDocuments(source, 'search_model', ids)
  await insertDocuments(source, 'search_model', await textsOfModels(source, ids))
}

export async function writeVersions(source: DocumentSource, ids: readonly number[]): Promise<void> {
  await removeDocuments(source, 'search_version', ids)
  await insertDocuments(source, 'search_version', await textsOfVersions(source, ids))
}

export async function removeDocuments(
  { kind, queries }: DocumentSource,
  table: DocumentTable,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const gone = await queries
    .deleteFrom(table)
    .where(amongIds({ kind }, 'id', ids))
    .returning('id')
    .execute()
  if (kind === 'postgres' || gone.length === 0) return
  const rows = JSON.stringify(gone.map(({ id }) => id))
  const index = sql.table(`${table}_index`)
  await sql`delete from ${index} where rowid in (select value from json_each(${rows}))`.execute(queries)
}

/** Of what has none. */
export async function insertDocuments(
  { kind, queries }: DocumentSource,
  table: DocumentTable,
  all: readonly SearchedTexts[],
): Promise<void> {
  if (all.length === 0) return
  const documents = all.map((each) => ({ ...each, ...toDocument(each.texts, each.holdsAlias) }))
  const owners = table === 'search_version' ? ['model_id'] : []
  const columns = ['id', ...owners, 'words', ...(kind === 'postgres' ? ['tokens'] : [])]
  const rows = documents.map(({ id, modelId, words, tokens }) => [
    id,
    ...(table === 'search_version' ? [modelId] : []),
    words,
    ...(kind === 'postgres' ? [tokens.map(quoted).join(' ')] : []),
  ])
  const into = { kind, queries: queries as Kysely<unknown> }
  await insertRows(into, table, columns, rows)
  if (kind === 'sqlite') {
    const indexed = documents.map(({ id, tokens }) => [id, tokens.join(' ')])
    await insertRows(into, `${table}_index`, ['rowid', 'words'], indexed)
  }
  await keepWords({ kind, queries }, wordsOf(documents))
}

function quoted(token: string): string {
  return `'${token}'`
}

function wordsOf(documents: readonly WordDocument[]): Set<string> {
  return new Set(documents.flatMap(({ tokens }) => tokens))
}
