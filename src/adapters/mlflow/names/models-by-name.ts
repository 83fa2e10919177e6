import {
  type Call,
  type ModelPage,
  type ModelQuery,
  type ModelRecord,
  type Outcome,
  RegistryError,
  sortModels,
} from '../../../contract/index.ts'
import { readRows } from '../../http/read-rows.ts'
import { type PushedFilter, pushFilter } from '../reads/filter.ts'
import { toModelRecord } from '../reads/to-records.ts'
import type { MlflowRegistry } from '../registry.ts'
import { isOneOf } from '../wire/grammar.ts'
import { splitFilter, takeNames, writeNameContinuation } from './name-page.ts'

/** So many rows that match are had at once, and then no names are needed. */
export const fewRows = 200
/** Names in one filter, where the rows of few of them match. */
export const mostNames = 500
/** Models by their names, where the server cannot give many at once. */
export type ReadEach = (names: readonly string[]) => Promise<readonly Outcome<ModelRecord>[]>

/** For names that turn out to be gone. */
const mostSpare = 50

/**
 * A page of models by name from a server that cannot give one: by the names that are known, or whole where few models match.
 * `null`: neither is possible.
 */
export async function listModelsByName(
  server: MlflowRegistry,
  query: ModelQuery,
  pushed: PushedFilter,
  readEach: ReadEach,
  call: Call,
): Promise<ModelPage | null> {
  const profile = await server.profile(call)
  const { admits, others } = splitFilter(query.filter)
  const { text } = pushFilter(others, profile)
  const goesOn = query.continuation !== null
  if (!goesOn && text !== '') {
    const few = await server.names.unlessMany(pushed.text, () => readFew(server, pushed.text, query, call))
    if (few !== null) return few
    if (!profile.nameLists) return null
  }
  const known = await server.names.get(call, goesOn)
  if (known === null) return null
  const wanted = text === '' ? query.limit + Math.min(known.gone, mostSpare) : mostNames
  const { names, more } = takeNames(known, query, Math.min(wanted, mostNames), admits)
  const { models, flaw } = profile.nameLists
    ? await readTogether(server, names, text, call)
    : await readOneByOne(names, readEach)
  if (text === '' && flaw === null) {
    for (const name of names.filter((asked) => !models.has(asked))) known.forget(name)
  }
  const last = names.at(-1)
  return {
    items: names.flatMap((name) => models.get(name) ?? []),
    hints: null,
    continuation: more && last !== undefined ? writeNameContinuation({ name: last, within: null }) : null,
    residue: query.filter,
    ordered: true,
    flaw,
  }
}

async function readFew(
  server: MlflowRegistry,
  filter: string,
  query: ModelQuery,
  call: Call,
): Promise<ModelPage | null> {
  const { rows, next } = await server.searches.models({ filter, size: fewRows }, call)
  if (next !== null) return null
  const read = readRows(rows, toModelRecord)
  return {
    items: sortModels(query.order, read.rows),
    hints: null,
    continuation: null,
    residue: query.filter,
    ordered: true,
    flaw: read.flaw,
  }
}

interface FoundModels {
  readonly models: ReadonlyMap<string, ModelRecord>
  readonly flaw: RegistryError | null
}

async function readOneByOne(names: readonly string[], readEach: ReadEach): Promise<FoundModels> {
  const outcomes = await readEach(names)
  const models = outcomes.flatMap((outcome) => {
    if (RegistryError.is(outcome)) throw outcome
    return outcome ?? []
  })
  return { models: byName(models), flaw: null }
}

async function readTogether(
  server: MlflowRegistry,
  names: readonly string[],
  filter: string,
  call: Call,
): Promise<FoundModels> {
  if (names.length === 0) return { models: new Map(), flaw: null }
  const isNamed = isOneOf('name', names)
  const search = { filter: filter === '' ? isNamed : `${isNamed} AND ${filter}`, size: names.length }
  const { rows } = await server.searches.models(search, call)
  const read = readRows(rows, toModelRecord)
  return { models: byName(read.rows), flaw: read.flaw }
}

function byName(models: readonly ModelRecord[]): ReadonlyMap<string, ModelRecord> {
  return new Map(models.map((model) => [model.name, model]))
}
