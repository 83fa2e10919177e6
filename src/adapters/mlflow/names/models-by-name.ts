import {
  type Call,
  type ModelPage,
  type ModelQuery,
  type ModelRecord,
  type Outcome,
  RegistryError,
  sortModels,
} from '../../../contract/index.ts'
import type { PushedFilter } from '../reads/filter.ts'
import { searchKeys } from '../reads/search-keys.ts'
import type { MlflowRegistry } from '../registry.ts'
import { fewRows, listByNames, mostNames, toNamesFilter, type WantedNames } from './list-by-names.ts'
import { takeNames, writeNameContinuation } from './name-page.ts'

/** Models by their names, where the server cannot give many at once. */
export type ReadEach = (names: readonly string[]) => Promise<readonly Outcome<ModelRecord>[]>

/** For names that turn out to be gone. */
const mostSpare = 50

/** A page of models by name, or `null`: see {@link listByNames}. */
export function listModelsByName(
  server: MlflowRegistry,
  query: ModelQuery,
  pushed: PushedFilter,
  readEach: ReadEach,
  call: Call,
): Promise<ModelPage | null> {
  const pages = {
    ofFew: (filter: string) => readFew(server, filter, query, call),
    ofNames: (wanted: WantedNames) => readNext(server, wanted, query, readEach, call),
  }
  return listByNames(server, query, pushed, pages, call)
}

async function readNext(
  server: MlflowRegistry,
  { known, admits, others, profile }: WantedNames,
  query: ModelQuery,
  readEach: ReadEach,
  call: Call,
): Promise<ModelPage> {
  const wanted = others === '' ? query.limit + Math.min(known.gone, mostSpare) : mostNames
  const { names, more } = takeNames(known, query, Math.min(wanted, mostNames), admits)
  const { models, flaw } = profile.nameLists
    ? await readTogether(server, names, others, call)
    : await readOneByOne(names, readEach)
  if (others === '' && flaw === null) {
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
  const { rows, flaw, next } = await server.searches.models({ filter, size: fewRows }, call)
  if (next !== null) return null
  return {
    items: sortModels(query.order, rows),
    hints: null,
    continuation: null,
    residue: query.filter,
    ordered: true,
    flaw,
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
  others: string,
  call: Call,
): Promise<FoundModels> {
  if (names.length === 0) return { models: new Map(), flaw: null }
  const { rows, flaw } = await searchKeys(
    names,
    (model: ModelRecord) => model.name,
    (some) => server.searches.models({ filter: toNamesFilter(some, others), size: some.length }, call),
  )
  return { models: byName(rows), flaw }
}

function byName(models: readonly ModelRecord[]): ReadonlyMap<string, ModelRecord> {
  return new Map(models.map((model) => [model.name, model]))
}
