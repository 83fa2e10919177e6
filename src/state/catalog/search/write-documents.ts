import { type Kysely, sql } from 'kysely'
import { holder, toDocument, withVersions } from '../../../words/word-document.ts'
import { amongIds } from '../catalog-part.ts'
import { insertRows } from '../insert-rows.ts'
import { type Documents, inParts } from './document-parts.ts'
import { keepWords } from './keep-words.ts'
import type { DocumentTable } from './match-expression.ts'
import { type DocumentSource, type ModelTexts, textsOfModels, textsOfVersions } from './search-documents.ts'

/** As many are read at a time; of models those versions too that say something of them, which may be twenty of each. */
export const versionsRead = 50
export const modelsRead = 20

/** Makes documents anew, also of what has none yet. What is not there any more gets none. */
export async function writeDocuments(
  source: DocumentSource,
  { models, versions }: { readonly models: readonly number[]; readonly versions: readonly number[] },
): Promise<void> {
  let made: Documents = new Map()
  await removeDocuments(source, 'search_version', versions)
  for await (const { documents } of inParts(versions, {
    atOnce: versionsRead,
    make: (ids) => versionDocuments(source, ids),
  })) {
    await insertDocuments(source, 'search_version', documents)
    made = documents
  }
  await removeDocuments(source, 'search_model', models)
  for await (const { documents } of inParts(models, {
    atOnce: modelsRead,
    make: (ids) => modelDocuments(source, ids, made),
  })) {
    await insertDocuments(source, 'search_model', documents)
  }
}

/** @param known what was made of versions a moment ago. */
export async function modelDocuments(
  source: DocumentSource,
  ids: readonly number[],
  known: Documents,
): Promise<Documents> {
  const models = await textsOfModels(source, ids)
  const others = models.flatMap(({ shown }) => shown).filter((id) => !known.has(id))
  return toModelDocuments(models, new Map([...known, ...(await versionDocuments(source, others))]))
}

/** @param versions those that are shown. */
export function toModelDocuments(models: readonly ModelTexts[], versions: Documents): Documents {
  return new Map(
    models.map(({ id, texts, shown }) => {
      const said = shown.map((version) => versions.get(version)).filter((each) => each !== undefined)
      return [id, withVersions(toDocument(texts), said)] as const
    }),
  )
}

export async function versionDocuments(source: DocumentSource, ids: readonly number[]): Promise<Documents> {
  const all = await textsOfVersions(source, ids)
  return new Map(
    all.map(({ id, texts, holdsAlias }) => {
      const document = toDocument(texts)
      const tokens = holdsAlias ? [...document.tokens, holder] : document.tokens
      return [id, { ...document, tokens }] as const
    }),
  )
}

export async function removeDocuments(
  { kind, queries }: DocumentSource,
  table: DocumentTable,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  if (kind === 'sqlite') {
    const index = sql.table(`${table}_index`)
    const given = JSON.stringify(ids)
    await sql`delete from ${index} where rowid in (select value from json_each(${given}))`.execute(queries)
    if (table === 'search_version') return
  }
  await queries
    .deleteFrom(table)
    .where(amongIds({ kind }, 'id', ids))
    .execute()
}

/** Of what has none. */
export async function insertDocuments(
  { kind, queries }: DocumentSource,
  table: DocumentTable,
  documents: Documents,
): Promise<void> {
  if (documents.size === 0) return
  const into = { kind, queries: queries as Kysely<unknown> }
  const all = [...documents]
  const hasWords = table === 'search_model'
  if (kind === 'sqlite') {
    const indexed = JSON.stringify(all.map(([id, { tokens }]) => [id, tokens.join(' ')]))
    // What came before is written out with each statement, so there is one.
    await sql`insert into ${sql.table(`${table}_index`)} (rowid, words)
      select value ->> 0, value ->> 1 from json_each(${indexed})`.execute(queries)
    if (hasWords)
      await insertRows(
        into,
        table,
        ['id', 'words'],
        all.map(([id, { words }]) => [id, words]),
      )
  } else {
    const rows = all.map(([id, { words, tokens }]) => [
      id,
      ...(hasWords ? [words] : []),
      tokens.map((token) => `'${token}'`).join(' '),
    ])
    await insertRows(into, table, ['id', ...(hasWords ? ['words'] : []), 'tokens'], rows)
  }
  const words = new Set<string>()
  for (const [, { tokens }] of all) for (const token of tokens) words.add(token)
  await keepWords({ kind, queries }, words)
}
