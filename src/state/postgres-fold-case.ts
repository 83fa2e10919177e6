import { type Kysely, type RawBuilder, sql } from 'kysely'
import { foldCase, type Logger } from '../contract/index.ts'

/** Counts up when `foldCase` changes; it also changes with the letters that this Node knows. */
const edition = 1

/**
 * `foldCase` in SQL, named after what it computes: gateways of several releases may share a database. Made when it is
 * first wanted, as SQLite's is by each connection.
 */
export const foldCaseFunction = `modelgate_fold_case_${edition}_${process.versions.unicode?.replaceAll('.', '_')}`

/** Whether it is there. Without it lists are as right, as the gateway folds what it reads, and take longer. */
export async function prepareFoldCase(queries: Kysely<unknown>, log: Logger): Promise<boolean> {
  try {
    if (await isThere(queries)) return true
    await queries.transaction().execute(async (transaction) => {
      // Two that make it at once would fail, even if they make the same.
      await sql`select pg_advisory_xact_lock(hashtext(${foldCaseFunction}))`.execute(transaction)
      if (!(await isThere(transaction))) await createFunction().execute(transaction)
    })
    return true
  } catch (error) {
    log.warn(
      { err: error },
      `the function ${foldCaseFunction} cannot be made: texts are folded in the gateway`,
    )
    return false
  }
}

async function isThere(queries: Kysely<unknown>): Promise<boolean> {
  const name = `${foldCaseFunction}(text)`
  const { rows } = await sql<{
    found: boolean
  }>`select to_regprocedure(${name}) is not null as found`.execute(queries)
  return rows[0]?.found === true
}

/**
 * PostgreSQL looks through all that `translate` may replace for each letter of a text. So what is there to be replaced
 * is found out first, which are a few letters of a few blocks.
 */
function createFunction(): RawBuilder<unknown> {
  const letters = foldedLetters()
  const single = letters.filter(([, folded]) => isOne(folded))
  const longer = letters.filter(([, folded]) => !isOne(folded))
  const blocks = Map.groupBy(single, ([letter]) => Math.min(codeOf(letter) >> 8, otherBlocks))
  const translations = [...blocks.values()].map((pairs) => {
    const [from, to] = sidesOf(pairs)
    return `if capitals ~ '[${from}]' then small := translate(small, '${from}', '${to}'); end if;`
  })
  const replaced = longer.reduce(
    (text, [letter, folded]) => `replace(${text}, '${letter}', '${folded}')`,
    'folded',
  )
  return sql.raw(`create or replace function ${foldCaseFunction}(folded text) returns text
    language plpgsql immutable strict parallel safe as $fold$
    declare
      capitals text;
      small text;
    begin
      folded := lower(folded collate "C");
      if folded !~ '[${sidesOf(letters)[0]}]' then return folded; end if;
      capitals := regexp_replace(folded, '[^${sidesOf(single)[0]}]+', '', 'g');
      if length(capitals) > ${fewLetters} then
        capitals := (select string_agg(distinct letter, '') from unnest(string_to_array(capitals, null)) as letter);
      end if;
      small := capitals;
      ${translations.join('\n')}
      folded := translate(folded, capitals, small);
      if folded ~ '[${sidesOf(longer)[0]}]' then folded := ${replaced}; end if;
      return folded;
    end $fold$`)
}

type Folding = readonly [letter: string, folded: string]

/** Above Armenian they are rare. */
const otherBlocks = 6
const fewLetters = 20
const lastPlaneWithCase = 0x1ffff

/** Beyond ASCII. */
function foldedLetters(): Folding[] {
  const found: Folding[] = []
  for (let code = 0x80; code <= lastPlaneWithCase; code++) {
    const letter = String.fromCodePoint(code)
    const folded = foldCase(letter)
    if (folded !== letter) found.push([letter, folded])
  }
  return found
}

function sidesOf(pairs: readonly Folding[]): readonly [letters: string, folded: string] {
  return [pairs.map(([letter]) => letter).join(''), pairs.map(([, folded]) => folded).join('')]
}

function isOne(text: string): boolean {
  return [...text].length === 1
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0
}
