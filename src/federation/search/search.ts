import { RegistryError, type VersionFilter } from '../../contract/index.ts'
import { untilAborted } from '../../timing/until-aborted.ts'
import type { WantedWord } from '../../words/word-index.ts'
import type { FederatedList, SourceOutcome } from '../list/connection.ts'
import { modelRows } from '../list/model-rows.ts'
import { reachOf } from '../list/reach.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import { type CursorPosition, digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import { correctionOf } from './correction.ts'
import { findHits, type Hit, type Hits } from './find-hits.ts'
import { type FoundHighlight, highlightsOf } from './highlights.ts'
import { searchDeadline } from './search-deadline.ts'
import { comparePlaces, type KeptRegistry, SearchScope } from './search-scope.ts'
import { toSearchedWords } from './searched-words.ts'

export interface SearchArguments {
  readonly text: string
  readonly registries: readonly string[] | null
  readonly environments: readonly string[] | null
  readonly where: VersionFilter | null
  /** As with a filter, also one that everything passes. */
  readonly versionsOnly: boolean
  readonly includeArchived: boolean
  readonly first: number
  readonly after: string | null
}

export type SearchRecord = FederatedModel | FederatedVersion

export interface SearchList extends FederatedList<SearchRecord> {
  readonly correction: string | null
  readonly message: string | null
  scoreAt(index: number): number
  highlightsAt(index: number): Promise<readonly FoundHighlight[]>
}

export interface SearchListEdge {
  readonly list: SearchList
  readonly node: SearchRecord
  readonly index: number
}

/** Models and versions by their words, the best first: of all registries of which something is kept. */
export async function search(session: Session, request: SearchArguments): Promise<SearchList> {
  const words = toSearchedWords(request.text)
  const { cursors } = session.federation
  const environments = request.environments && [...new Set(request.environments)].sort()
  const digest = digestOf([
    'search',
    request.text,
    request.registries && [...new Set(request.registries)].sort(),
    environments,
    request.where,
    request.versionsOnly,
    request.includeArchived,
  ])
  const after = request.after === null ? null : cursors.decode(digest, request.after)
  const signal = searchDeadline({ signal: session.signal, remaining: (most) => session.remaining(most) })
  const { kept, sources } = await look(session, { ...request, environments })
  const scope = new SearchScope(session, kept, request, signal)
  const found = await untilAborted(find(scope, words, request.first, after), signal)
  const complete = sources.every(({ state }) => state === 'OK') && !after?.incomplete
  if (!complete) session.noteIncomplete()
  const page = await loadPage(session, scope, found.wanted.slice(0, request.first))
  const placeOf = ({ score, registry, model, version }: Hit): CursorPosition => ({
    values: [score],
    registry,
    name: model,
    version,
    hints: {},
    incomplete: !complete,
  })
  return {
    nodes: page.map(({ record }) => record),
    cursors: {
      cursorAt: (index) => cursors.encode(digest, placeOf(entryAt(page, index).hit)),
      whenEmpty: complete ? null : request.after,
    },
    hasNextPage: found.wanted.length > request.first,
    hasPreviousPage: after !== null,
    totalCount: found.isAll && kept.length === sources.length ? found.hits.length : null,
    sources,
    complete,
    correction: found.isMended ? correctionOf(found.groups, found.hits[0]) : null,
    message: found.hits.length > 0 ? null : whyNothing(words, kept.length),
    scoreAt: (index) => entryAt(page, index).hit.score,
    highlightsAt: highlightsOnce(scope, found.groups, page),
  }
}

function whyNothing(words: readonly WantedWord[], registries: number): string {
  if (words.length === 0) return 'There is nothing to search for in this text: no letter and no digit.'
  if (registries === 0) return 'None of these registries is searched; `sources` says why.'
  const [only] = words
  if (words.length === 1 && only?.text.length === 1) {
    return 'Nothing has this letter for a word; words are found by their beginnings from two letters on.'
  }
  return 'Nothing that is shown to you has these words, nor what may be meant by them.'
}

interface Wanted extends Hits {
  /** Those after the cursor. */
  readonly wanted: readonly Hit[]
}

async function find(
  scope: SearchScope,
  words: readonly WantedWord[],
  first: number,
  after: CursorPosition | null,
): Promise<Wanted> {
  if (words.length === 0) return { hits: [], wanted: [], isAll: true, groups: [], isMended: false }
  const isAfter = after === null ? () => true : comesAfter(after)
  const isFull = (hits: readonly Hit[], least: number) =>
    hits.filter((hit) => hit.score > least && isAfter(hit)).length > first
  let found = await findHits(scope, words, isFull)
  // One types on: with its first letter alone the next word finds nothing yet.
  const isBegun = words.length > 1 && words.at(-1)?.text.length === 1
  if (found.hits.length === 0 && isBegun) found = await findHits(scope, words.slice(0, -1), isFull)
  return { ...found, wanted: found.hits.filter(isAfter) }
}

function comesAfter({ values, registry, name: model, version }: CursorPosition) {
  const place = { score: Number(values[0]), registry, model, version }
  return (hit: Hit) => comparePlaces(hit, place) > 0
}

interface Looked {
  readonly kept: readonly KeptRegistry[]
  readonly sources: readonly SourceOutcome[]
}

/** What is kept of which registry, and of when it is. */
async function look(session: Session, given: SearchArguments): Promise<Looked> {
  const { readers, wordIndex } = session.federation
  const unfinished = await wordIndex.unfinished()
  const kept: KeptRegistry[] = []
  const registries = session.selectRegistries(given.registries, given.environments)
  const sources = await Promise.all(
    registries.map(async (live): Promise<SourceOutcome> => {
      const part = await readers.kept(live)
      const { id, asOf } = part
      const outcome = { registry: live.record, latencyMs: null, asOf, state: part.state, error: part.error }
      if (id === null) return outcome
      const reach = reachOf(session, modelRows, live.record, { ...given, filter: null })
      kept.push({ live, part: { ...part, id }, reach })
      return unfinished.has(id) ? { ...outcome, state: 'STALE', error: unfinishedYet(live.name) } : outcome
    }),
  )
  return { kept, sources }
}

function unfinishedYet(name: string): RegistryError {
  const message = `"${name}" is being taken into the index of words; what is not in it yet is not found.`
  return new RegistryError('REGISTRY_UNAVAILABLE', message, { retryable: true })
}

interface PageEntry {
  readonly hit: Hit
  readonly record: SearchRecord
}

/** What is gone since it was found is left out. */
async function loadPage(session: Session, scope: SearchScope, hits: readonly Hit[]): Promise<PageEntry[]> {
  const entries = await Promise.all(
    hits.map(async (hit) => {
      const { document } = hit
      const reader = session.federation.readers.inMode('INDEXED', scope.registryOf(document))
      const { model, version } = document
      const record = version === null ? await reader.model(model) : await reader.version({ model, version })
      return record && { hit, record }
    }),
  )
  return entries.filter((entry) => entry !== null)
}

function entryAt(page: readonly PageEntry[], index: number): PageEntry {
  const entry = page[index]
  if (!entry) throw new RangeError(`This page has no row ${index}.`)
  return entry
}

/** Read for the whole page, when somebody asks for the first of them. */
function highlightsOnce({ index }: SearchScope, groups: Hits['groups'], page: readonly PageEntry[]) {
  let texts: Promise<ReadonlyMap<string, readonly FoundHighlight[]>> | null = null
  const load = async () => {
    const ofKind = async (kind: 'model' | 'version') => {
      const ids = page
        .map(({ hit }) => hit.document)
        .filter(({ version }) => (version === null) === (kind === 'model'))
        .map(({ id }) => id)
      const found = ids.length === 0 ? [] : await index.texts(kind, ids)
      return found.map(({ id, texts: own }) => [`${kind} ${id}`, highlightsOf(groups, own)] as const)
    }
    return new Map((await Promise.all([ofKind('model'), ofKind('version')])).flat())
  }
  return async (at: number): Promise<readonly FoundHighlight[]> => {
    texts ??= load()
    const { id, version } = entryAt(page, at).hit.document
    return (await texts).get(`${version === null ? 'model' : 'version'} ${id}`) ?? []
  }
}
