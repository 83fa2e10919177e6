import { sql } from 'kysely'
import type { DocumentSource } from './search-documents.ts'

/** Numbers, ids and the like are nothing that somebody mistypes. */
const isMendable = /^[\p{L}\p{M}]+$/u
/** A mistake shorter, or longer, than words that have any. */
const shortest = 4
const longest = 30

/** Which of the words of documents somebody may have meant who writes another. */
export async function keepWords(
  { kind, queries }: Pick<DocumentSource, 'kind' | 'queries'>,
  words: Iterable<string>,
): Promise<void> {
  const kept: string[] = []
  for (const word of words) {
    const length = lengthOf(word)
    if (length >= shortest && length <= longest && isMendable.test(word)) kept.push(word)
  }
  if (kept.length === 0) return
  // Always in the same order, so that of two transactions that bring the same words none waits for the other in a ring.
  kept.sort()
  const given =
    kind === 'sqlite'
      ? sql`select value as word from json_each(${JSON.stringify(kept)})`
      : sql`select word from unnest(${kept}::text[]) as word`
  await sql`insert into search_word (length, word)
    select length(g.word), g.word from (${given}) as g
    where not exists (select 1 from search_word as w where w.length = length(g.word) and w.word = g.word)
    order by g.word
    on conflict do nothing`.execute(queries)
}

/** As both databases count. */
function lengthOf(word: string): number {
  return /^[\x20-\x7e]*$/.test(word) ? word.length : [...word].length
}
