import { beginning, holder, named } from '../../words/word-document.ts'
import type { FoundDocument, WantedWord, WordCondition } from '../session/word-index.ts'
import { mapInTurns } from '../turns.ts'
import { mendWord } from './mend-words.ts'
import { type Groups, mostOfVersion, rank } from './rank.ts'
import { comparePlaces, type RankedPlace, type SearchScope } from './search-scope.ts'

export interface Hit extends RankedPlace {
  readonly document: FoundDocument
}

export interface Hits {
  /** The best first. */
  readonly hits: readonly Hit[]
  /** Whether there are no others. */
  readonly isAll: boolean
  readonly groups: Groups
  /** Whether something was taken for mistyped. */
  readonly isMended: boolean
}

/** So many models are found and ranked at most, and so many versions found. */
const mostFound = 1000
/** Of versions the words have to be read first. */
const mostVersionsRanked = 300

interface Found {
  readonly documents: readonly FoundDocument[]
  readonly isAll: boolean
}

/**
 * What has all the words; where nothing has, what has them but for mistakes; and of three or more words all but one.
 *
 * @param isFull whether so many models fill the page, so that versions, which are worth less, need not be looked for.
 */
export async function findHits(
  scope: SearchScope,
  words: readonly WantedWord[],
  isFull: (hits: readonly Hit[], least: number) => boolean,
): Promise<Hits> {
  const asked: Groups = words.map((word) => [{ ...word, worth: 1 }])
  const exact = await findAll(scope, asked, 0, isFull)
  if (exact.hits.length > 0) return { ...exact, isMended: false }
  const mended = await mend(scope, asked)
  if (mended !== null) {
    const found = await findAll(scope, mended, 0, isFull)
    if (found.hits.length > 0) return { ...found, isMended: true }
  }
  if (words.length < 3) return { ...exact, isMended: false }
  const most = await findAll(scope, mended ?? asked, 1, isFull)
  return { ...most, isMended: mended !== null }
}

/** Null: there is nothing else that could be meant. */
async function mend({ index }: SearchScope, asked: Groups): Promise<Groups | null> {
  const groups = await Promise.all(
    asked.map(async ([word]) => (word ? [word, ...(await mendWord(index, word))] : [])),
  )
  return groups.some((group) => group.length > 1) ? groups : null
}

async function findAll(
  scope: SearchScope,
  groups: Groups,
  missing: WordCondition['missing'],
  isFull: (hits: readonly Hit[], least: number) => boolean,
): Promise<Omit<Hits, 'isMended'>> {
  const models = scope.withModels ? await findModels(scope, groups, missing) : nothing
  const hits = await rankAll(scope, groups, models.documents)
  if (!models.isAll && isFull(hits, mostOfVersion(groups)))
    return { hits: hits.sort(comparePlaces), isAll: false, groups }
  const versions = await findVersions(scope, groups, missing)
  const all = [...hits, ...(await rankAll(scope, groups, versions.documents))].sort(comparePlaces)
  return { hits: all, isAll: models.isAll && versions.isAll, groups }
}

const nothing: Found = { documents: [], isAll: true }

/** Those that have the words in their names, and where these are too many, those whose names begin with them. */
async function findModels(scope: SearchScope, groups: Groups, missing: 0 | 1): Promise<Found> {
  const byName = await exactFirst(
    (condition, most) => scope.models(condition, most),
    inName(groups, missing),
    mostFound,
  )
  if (byName.isAll)
    return withMore(
      byName,
      await exactFirst((condition, most) => scope.models(condition, most), { groups, missing }, mostFound),
    )
  const first = await exactFirst(
    (condition, most) => scope.models(condition, most),
    { groups: [[nameBeginning(groups)]], missing: 0 },
    mostFound,
  )
  return { ...withMore(first, byName), isAll: false }
}

/**
 * Those that hold an alias go before others where these are too many to be ranked, and then what was made last. What is
 * not ranked comes last.
 */
async function findVersions(scope: SearchScope, groups: Groups, missing: 0 | 1): Promise<Found> {
  const all = await exactFirst(
    (condition, most) => scope.versions(condition, most),
    { groups, missing },
    mostFound,
  )
  if (all.documents.length <= mostVersionsRanked)
    return { ...all, documents: await withWords(scope, all.documents) }
  const isHolder = [{ text: holder, isBeginning: false }]
  const holders = await exactFirst(
    (condition, most) => scope.versions(condition, most),
    { groups: [isHolder, ...groups], missing: 0 },
    mostVersionsRanked,
  )
  const { documents } = withMore(
    { ...holders, documents: newestFirst(holders.documents) },
    { ...all, documents: newestFirst(all.documents) },
  )
  const ranked = await withWords(scope, documents.slice(0, mostVersionsRanked))
  return { documents: [...ranked, ...documents.slice(mostVersionsRanked)], isAll: all.isAll }
}

type Ask = (condition: WordCondition, most: number) => Promise<Found>

/** Whole words are worth more than beginnings, and found sooner: where they are too many, nobody looks for others. */
async function exactFirst(ask: Ask, condition: WordCondition, most: number): Promise<Found> {
  const groups = condition.groups.map((group) => group.map((word) => ({ ...word, isBeginning: false })))
  if (!condition.groups.flat().some(({ isBeginning }) => isBeginning)) return ask(condition, most)
  const exact = await ask({ ...condition, groups }, most)
  return exact.isAll ? withMore(exact, await ask(condition, most)) : exact
}

function newestFirst(documents: readonly FoundDocument[]): readonly FoundDocument[] {
  return documents.toSorted((a, b) => b.id - a.id)
}

async function withWords(
  { index }: SearchScope,
  documents: readonly FoundDocument[],
): Promise<readonly FoundDocument[]> {
  if (documents.length === 0) return []
  const words = await index.wordsOfVersions(documents.map(({ id }) => id))
  return documents.map((document) => ({ ...document, words: words.get(document.id) ?? '' }))
}

function withMore(first: Found, then: Found): Found {
  const known = new Set(first.documents.map(({ id }) => id))
  const others = then.documents.filter(({ id }) => !known.has(id))
  const documents = [...first.documents, ...others]
  return { documents: documents.slice(0, mostFound), isAll: then.isAll && documents.length <= mostFound }
}

function inName(groups: Groups, missing: WordCondition['missing']): WordCondition {
  const words = groups.map((group) => group.map((word) => ({ ...word, text: named(word.text) })))
  return { groups: words, missing }
}

function nameBeginning(groups: Groups): WantedWord {
  return { text: beginning(groups.map(([word]) => word?.text ?? '')), isBeginning: true }
}

async function rankAll(
  scope: SearchScope,
  groups: Groups,
  documents: readonly FoundDocument[],
): Promise<Hit[]> {
  const toHit = (document: FoundDocument): Hit => {
    const { model, version } = document
    const registry = scope.registryOf(document).name
    return { document, registry, model, version, score: rank(groups, document) }
  }
  return mapInTurns(documents, toHit, scope.signal)
}
