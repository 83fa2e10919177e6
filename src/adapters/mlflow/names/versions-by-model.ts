import {
  type Call,
  type Filter,
  type ModelVersionRecord,
  type RegistryError,
  sortVersions,
  type VersionLeaf,
  type VersionPage,
  type VersionQuery,
} from '../../../contract/index.ts'
import { type PushedFilter, pushFilter } from '../reads/filter.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { ServerProfile } from '../wire/server-profile.ts'
import { fewRows, listByNames, mostNames, toNamesFilter, type WantedNames } from './list-by-names.ts'
import { readNameContinuation, takeNames, writeNameContinuation } from './name-page.ts'

/** About a second of the server's time. */
const maxRows = 2000

/** The versions of one model, in an order that the server has. */
export type ListOfModel = (query: VersionQuery) => Promise<VersionPage>

/** A page of versions by model, or `null`: see {@link listByNames}. */
export async function listVersionsByModel(
  server: MlflowRegistry,
  query: VersionQuery,
  pushed: PushedFilter,
  listOfModel: ListOfModel,
  call: Call,
): Promise<VersionPage | null> {
  if (query.order.some(({ field }) => field === 'metric')) return null
  const within = placeWithin(query)
  if (within !== null) return readOne(within, query, listOfModel)
  const pages = {
    ofFew: (filter: string) => readFew(server, filter, query, call),
    ofNames: (wanted: WantedNames) => readNext(server, wanted, query, listOfModel, call),
  }
  return listByNames(server, query, pushed, pages, call)
}

async function readNext(
  server: MlflowRegistry,
  wanted: WantedNames,
  query: VersionQuery,
  listOfModel: ListOfModel,
  call: Call,
): Promise<VersionPage> {
  const { known, admits, others } = wanted
  const models = Math.ceil(query.limit / Math.max(1, known.versionsOfModel)) + 1
  const size = others === '' ? Math.min(models, mostNames) : mostNames
  const { names, more } = takeNames(known, query, size, admits)
  const [first] = names
  if (first === undefined) return pageOf(query, { rows: [], flaw: null }, null)
  const found = await readVersions(server, names, wanted, call)
  const [last] = found.names.slice(-1)
  if (last === undefined) {
    const after = first === query.after?.values[0] ? query.after : null
    return readOne({ name: first, continuation: null, after }, query, listOfModel)
  }
  if (others === '') known.noteVersions(found.rows.length / found.names.length)
  const goesFurther = more || found.names.length < names.length
  return pageOf(query, found, goesFurther ? writeNameContinuation({ name: last, within: null }) : null)
}

/** A page before was of the list of this one model, and says by an offset where. */
function placeWithin({ continuation, after }: VersionQuery): WithinModel | null {
  const place = readNameContinuation(continuation)
  if (place !== null) return place.within === null ? null : { name: place.name, continuation: place.within }
  const name = after?.values[0]
  return typeof name === 'string' && /^\d+$/.test(after?.hint ?? '')
    ? { name, continuation: null, after }
    : null
}

type WithinModel = { readonly name: string } & Partial<Pick<VersionQuery, 'after'>> &
  Pick<VersionQuery, 'continuation'>

interface FoundVersions {
  readonly rows: readonly ModelVersionRecord[]
  readonly flaw: RegistryError | null
}

function pageOf(
  query: VersionQuery,
  { rows, flaw }: FoundVersions,
  continuation: string | null,
): VersionPage {
  const items = sortVersions(query.order, rows)
  return {
    items,
    // None that would be one of the list of a single model.
    hints: items.map(() => ''),
    continuation,
    residue: query.filter,
    ordered: true,
    flaw,
  }
}

/** More versions than are read at once. */
async function readOne(
  { name, continuation, after = null }: WithinModel,
  query: VersionQuery,
  listOfModel: ListOfModel,
): Promise<VersionPage> {
  const filter: Filter<VersionLeaf> =
    query.filter === null ? ofModel(name) : { kind: 'and', filters: [ofModel(name), query.filter] }
  const page = await listOfModel({ ...query, filter, after, continuation })
  return {
    ...page,
    residue: query.filter,
    continuation: writeNameContinuation({ name, within: page.continuation }),
  }
}

function ofModel(name: string): Filter<VersionLeaf> {
  return { kind: 'text', field: 'model', tests: [{ operator: 'eq', value: name, ignoreCase: false }] }
}

async function readFew(
  server: MlflowRegistry,
  filter: string,
  query: VersionQuery,
  call: Call,
): Promise<VersionPage | null> {
  const { rows, flaw, next } = await server.searches.versions({ filter, size: fewRows }, call)
  return next === null ? pageOf(query, { rows, flaw }, null) : null
}

interface VersionsOfNames extends FoundVersions {
  /** Those of the names from the first on of which all versions are here. */
  readonly names: readonly string[]
}

async function readVersions(
  server: MlflowRegistry,
  names: readonly string[],
  { profile, others }: WantedNames,
  call: Call,
): Promise<VersionsOfNames> {
  if (!profile.nameLists) return readEach(server, names, profile, call)
  const { next, ...read } = await server.searches.versions(
    {
      filter: toNamesFilter(names, others),
      orderBy: ['name ASC', 'version_number ASC'],
      size: maxRows,
    },
    call,
  )
  if (next === null) return { ...read, names }
  // By name in the server's order: the last group of a cut answer goes on, and others did not come.
  const groups = new Set(read.rows.map(({ modelName }) => modelName))
  groups.delete(read.rows.at(-1)?.modelName ?? '')
  return onlyOf(names, groups, read)
}

async function readEach(
  server: MlflowRegistry,
  names: readonly string[],
  profile: ServerProfile,
  call: Call,
): Promise<VersionsOfNames> {
  const answers = await Promise.all(
    names.map(async (name) => {
      const { text } = pushFilter(ofModel(name), profile)
      const { next, ...read } = await server.searches.versions({ filter: text, size: maxRows }, call)
      const own = read.rows.filter(({ modelName }) => modelName === name)
      return { name, rows: own, flaw: read.flaw, isWhole: next === null }
    }),
  )
  const whole = new Set(answers.filter(({ isWhole }) => isWhole).map(({ name }) => name))
  const flaw = answers.find((answer) => answer.flaw !== null)?.flaw ?? null
  return onlyOf(names, whole, { rows: answers.flatMap(({ rows }) => rows), flaw })
}

function onlyOf(
  names: readonly string[],
  whole: ReadonlySet<string>,
  { rows, flaw }: FoundVersions,
): VersionsOfNames {
  const firstOpen = names.findIndex((name) => !whole.has(name))
  const kept = firstOpen === -1 ? names : names.slice(0, firstOpen)
  const among = new Set(kept)
  return { names: kept, rows: rows.filter(({ modelName }) => among.has(modelName)), flaw }
}
