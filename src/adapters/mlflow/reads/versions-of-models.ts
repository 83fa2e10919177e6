import type { Call, ModelVersionRecord, Outcome, VersionsOfModel } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import { canTravel, isOneOf, likePattern, quote } from '../wire/grammar.ts'
import { chunk, type Found, loadInBatches } from './batches.ts'
import { namesPerSearch } from './models.ts'

/** About a second of the server's time. */
const maxRows = 2000

/**
 * The highest versions of many models. A model that is not there answers as one without versions: MLflow's searches
 * do not tell them apart, and asking would cost a request for each.
 */
export async function versionsOfModels(
  server: MlflowRegistry,
  names: readonly string[],
  limit: number,
  call: Call,
): Promise<Outcome<VersionsOfModel>[]> {
  const { nameLists } = await server.profile(call)
  return loadInBatches(names, {
    identify: (name) => name,
    possible: (name) => name !== '' && canTravel(name),
    split: (wanted) => chunk(wanted, nameLists ? namesPerSearch : 1),
    load: nameLists
      ? (part) => readTogether(server, part, limit, call)
      : ([name = '']) => readOne(server, name, limit, call),
  })
}

async function readOne(
  server: MlflowRegistry,
  name: string,
  limit: number,
  call: Call,
): Promise<Found<VersionsOfModel>> {
  const quoted = quote(name)
  const filter = quoted === null ? `name LIKE '${likePattern(name) ?? ''}'` : `name = ${quoted}`
  const search = { filter, orderBy: ['version_number DESC'], size: Math.min(limit, maxRows) }
  const { rows, flaw, next } = await server.searches.versions(search, call)
  const versions = rows.filter((version) => version.modelName === name)
  return [[name, { versions, complete: next === null && flaw === null }]]
}

/**
 * All in one search as a rule. When a model has so many versions that the answer is cut, those that it left out are
 * asked for again, without those that have enough.
 */
async function readTogether(
  server: MlflowRegistry,
  names: readonly string[],
  limit: number,
  call: Call,
): Promise<Found<VersionsOfModel>> {
  const found = new Map<string, VersionsOfModel>()
  let open = names
  while (open.length > 0) {
    const { rows, flaw, next } = await server.searches.versions(
      {
        filter: isOneOf('name', open),
        orderBy: ['name ASC', 'version_number DESC'],
        size: Math.min(open.length * (limit + 1), maxRows),
      },
      call,
    )
    // Of which model the row is that cannot be read is not known: each is to be listed, which says what is missing.
    if (flaw !== null) return names.map((name) => [name, { versions: [], complete: false }] as const)
    const groups = Map.groupBy(rows, (version) => version.modelName)
    for (const [name, outcome] of judge(groups, next !== null, limit)) found.set(name, outcome)
    if (next === null) break
    open = open.filter((name) => !found.has(name))
  }
  return names.map((name) => [name, found.get(name) ?? { versions: [], complete: true }] as const)
}

/** The last group of a cut answer counts when it has enough, or fills all of it. */
function* judge(
  groups: ReadonlyMap<string, readonly ModelVersionRecord[]>,
  cut: boolean,
  limit: number,
): Generator<[string, VersionsOfModel]> {
  const last = [...groups.keys()].at(-1)
  for (const [name, versions] of groups) {
    if (!cut || name !== last) yield [name, { versions, complete: true }]
    else if (versions.length >= limit || groups.size === 1) yield [name, { versions, complete: false }]
  }
}
