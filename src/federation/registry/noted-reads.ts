import type { Adapter, ModelRecord, ModelVersionRecord, Outcome, VersionLeaf } from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'
import { allOf, splitFilter } from '../filter/filter-tree.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import type { NotesPlace } from './notes-place.ts'

/** Every read that gives versions gives their notes among the tags. */
export function notedReads(
  { models, versions, aliases }: Adapter,
  place: NotesPlace,
): Pick<Adapter, 'models' | 'versions' | 'aliases'> {
  return {
    models: {
      async get(names, call) {
        const outcomes = await models.get(names, call)
        return inEach(outcomes, place, latestOf, (model, latestVersions) => ({ ...model, latestVersions }))
      },
      async list(query, call) {
        const page = await models.list(query, call)
        const withLatest = (model: ModelRecord, latestVersions: Rows) => ({ ...model, latestVersions })
        const items = await inEach(page.items, place, latestOf, withLatest)
        return { ...page, items: items.filter(isFound) }
      },
    },
    versions: {
      async get(keys, call) {
        return inEach(await versions.get(keys, call), place, ownRow, firstOf)
      },
      async list(query, call) {
        const { asked, left } = splitFilter(query.filter, isOfNotes)
        const page = await versions.list({ ...query, filter: asked }, call)
        return { ...page, items: await place.read(page.items), residue: allOf([page.residue, left]) }
      },
      async ofModels(names, limit, call) {
        const outcomes = await versions.ofModels(names, limit, call)
        return inEach(
          outcomes,
          place,
          (found) => found.versions,
          (found, rows) => ({ ...found, versions: rows }),
        )
      },
      async latest(names, call) {
        const outcomes = await versions.latest(names, call)
        return inEach(
          outcomes,
          place,
          (rows) => rows,
          (_, rows) => rows,
        )
      },
    },
    ...(aliases && {
      aliases: {
        async resolve(keys, call) {
          return inEach(await aliases.resolve(keys, call), place, ownRow, firstOf)
        },
      },
    }),
  }
}

type Rows = readonly ModelVersionRecord[]

const latestOf = ({ latestVersions }: ModelRecord): Rows | null => latestVersions
const ownRow = (row: ModelVersionRecord): Rows => [row]
const firstOf = (row: ModelVersionRecord, [first = row]: Rows): ModelVersionRecord => first

/** The versions in all outcomes of a batch are read together. */
async function inEach<T>(
  outcomes: readonly Outcome<T>[],
  place: NotesPlace,
  rowsOf: (value: T) => Rows | null,
  withRows: (value: T, rows: Rows) => T,
): Promise<readonly Outcome<T>[]> {
  const rows = outcomes.map((outcome) => (isFound(outcome) ? rowsOf(outcome) : null))
  const read = await place.read(rows.flatMap((own) => own ?? []))
  let start = 0
  return outcomes.map((outcome, index) => {
    const count = rows[index]?.length
    if (!isFound(outcome) || count === undefined) return outcome
    start += count
    return withRows(outcome, read.slice(start - count, start))
  })
}

function isFound<T>(outcome: Outcome<T>): outcome is T {
  return outcome !== null && !RegistryError.is(outcome)
}

/** Only the gateway knows the notes. */
function isOfNotes(leaf: VersionLeaf): boolean {
  return leaf.kind === 'tag' && isReservedTag(leaf.key)
}
