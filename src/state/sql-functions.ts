import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { foldCaseFunction } from './postgres-fold-case.ts'

export type SqlCondition = RawBuilder<SqlBool>
export type SqlText = RawBuilder<string | null>

/** The few expressions that SQLite and PostgreSQL spell differently. */
export interface SqlFunctions {
  /** Whether `part` stands anywhere in the text, by code point; no character has a special meaning. */
  contains(text: SqlText, part: string): SqlCondition
  /** Whether the text ends with `end`, which is not empty. */
  endsWith(text: SqlText, end: string): SqlCondition
  /** What stands before the first `separator`, which is not empty; `null` where it stands nowhere. */
  beforeFirst(text: SqlText, separator: string): SqlText
  /** The text as the contract's `foldCase` has it; `null` where the database cannot. */
  readonly foldCase: ((text: SqlText) => SqlText) | null
  /** However many values there are, they are one parameter: no statement outgrows the limit of a database. */
  inTexts(text: SqlText, values: readonly string[]): SqlCondition
  inPairs(
    first: RawBuilder<string>,
    second: RawBuilder<string | number>,
    pairs: readonly (readonly [string, string | number])[],
  ): SqlCondition
  /** A table of `first` and `second`, each pair once. */
  pairRows(pairs: readonly (readonly [string, string])[]): RawBuilder<{ first: string; second: string }>
  /** Aggregates two columns into the text of a JSON array of pairs, `[]` for no rows. */
  jsonPairs(first: RawBuilder<unknown>, second: RawBuilder<unknown>): RawBuilder<string>
  /** Epoch milliseconds by a clock that all replicas share. */
  readonly now: RawBuilder<number>
  /** Milliseconds by the steadiest clock that all replicas share; that of SQLite begins anew with the machine. */
  readonly steadyNow: RawBuilder<number>
  /** Whether a time by {@link steadyNow} is over that was so many milliseconds ahead at most. */
  isOver(time: RawBuilder<number>, atMostMs: number): SqlCondition
  /** Such as `SQLite 3.50.4`. */
  readonly productVersion: RawBuilder<string>
}

export const sqliteFunctions: SqlFunctions = {
  contains: (text, part) => sql<SqlBool>`instr(${text}, ${part}) > 0`,
  endsWith: (text, end) => sql<SqlBool>`substr(${text}, ${-countCharacters(end)}) = ${end}`,
  beforeFirst: (text, separator) =>
    sql<
      string | null
    >`(case when instr(${text}, ${separator}) > 0 then substr(${text}, 1, instr(${text}, ${separator}) - 1) end)`,
  foldCase: (text) => ofPlain(text, sql`lower(${text})`, sql`fold_case(${text})`),
  inTexts: (text, values) =>
    sql<SqlBool>`${text} in (select value from json_each(${JSON.stringify(values)}))`,
  inPairs: (first, second, pairs) => sql<SqlBool>`(${first}, ${second}) in (
    select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(${JSON.stringify(pairs)}))`,
  pairRows: (
    pairs,
  ) => sql`(select distinct json_extract(value, '$[0]') as first, json_extract(value, '$[1]') as second
    from json_each(${JSON.stringify(pairs)}))`,
  jsonPairs: (first, second) => sql<string>`json_group_array(json_array(${first}, ${second}))`,
  now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  steadyNow: sql<number>`steady_ms()`,
  // One further ahead than can be is of an earlier run of the machine.
  isOver: (time, atMostMs) => sql<SqlBool>`(${time} <= steady_ms() or ${time} > steady_ms() + ${atMostMs})`,
  productVersion: sql<string>`'SQLite ' || sqlite_version()`,
}

const postgresNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

export const postgresFunctions: SqlFunctions = {
  contains: (text, part) => sql<SqlBool>`strpos(${text}, ${part}) > 0`,
  endsWith: (text, end) => sql<SqlBool>`right(${text}, ${countCharacters(end)}) = ${end}`,
  beforeFirst: (text, separator) =>
    sql<
      string | null
    >`(case when strpos(${text}, ${separator}) > 0 then substr(${text}, 1, strpos(${text}, ${separator}) - 1) end)`,
  foldCase: (text) =>
    ofPlain(text, sql`lower(${text} collate "C")`, sql`${sql.ref(foldCaseFunction)}(${text})`),
  inTexts: (text, values) => sql<SqlBool>`${text} = any(${values}::text[])`,
  inPairs: (first, second, pairs) => {
    const seconds = pairs.map((pair) => pair[1])
    const type = typeof seconds[0] === 'number' ? sql`bigint[]` : sql`text[]`
    return sql<SqlBool>`(${first}, ${second}) in (
      select * from unnest(${pairs.map((pair) => pair[0])}::text[], ${seconds}::${type}))`
  },
  pairRows: (pairs) => sql`(select distinct given.first, given.second
    from unnest(${pairs.map(([first]) => first)}::text[], ${pairs.map(([, second]) => second)}::text[])
      as given (first, second))`,
  jsonPairs: (first, second) =>
    sql<string>`coalesce(json_agg(json_build_array(${first}, ${second})), '[]')::text`,
  now: postgresNow,
  steadyNow: postgresNow,
  isOver: (time) => sql<SqlBool>`${time} <= ${postgresNow}`,
  productVersion: sql<string>`'PostgreSQL ' || current_setting('server_version')`,
}

/** Most texts are ASCII, which both databases fold by themselves, and sooner. */
function ofPlain(text: SqlText, plain: RawBuilder<unknown>, other: RawBuilder<unknown>): SqlText {
  return sql<
    string | null
  >`(case when octet_length(${text}) = length(${text}) then ${plain} else ${other} end)`
}

/** As both databases count: code points. */
export function countCharacters(text: string): number {
  return [...text].length
}
