import { beginning, holder, named } from '../../words/word-document.ts'
import type { FoundDocument, WantedWord, WordCondition } from '../../words/word-index.ts'
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

/** So many models are found and ranked at most: as one types this is done with each letter. */
const mostModels = 300
/** Of versions the words have to be read first. */
const mostVersions = 200

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
  const isEnough = isFull(hits, mostOfVersion(groups))
  if (!models.isAll && isEnough) return { hits: hits.sort(comparePlaces), isAll: false, groups }
  const versions = await findVersions(scope, groups, missing)
  // Those that stand behind the page are only counted.
  const documents = isEnough ? versions.documents : await withWords(scope, versions.documents)
  const all = [...hits, ...(await rankAll(scope, groups, documents))].sort(comparePlaces)
  return { hits: all, isAll: models.isAll && versions.isAll, groups }
}

const nothing: Found = { documents: [], isAll: true }

/**
 * Where these are too many, those that have the words in their names, and of too many of these first those that have
 * them as they are written, and whose names begin with them.
 */
async function findModels(scope: SearchScope, groups: Groups, missing: 0 | 1): Promise<Found> {
  const ask = (condition: WordCondition) => scope.models(condition, mostModels)
  const all = await ask({ groups, missing })
  if (all.isAll) return all
  const byName = await ask(inName(groups, missing))
  if (byName.isAll) return firstOf(mostModels, [byName, await ask({ groups: whole(groups), missing }), all])
  const start = nameBeginning(groups)
  const begun = await ask({ groups: [[start]], missing: 0 })
  if (begun.isAll) return firstOf(mostModels, [begun, await ask(inName(whole(groups), missing)), byName])
  return firstOf(mostModels, [await ask({ groups: whole([[start]]), missing: 0 }), begun])
}

/** Where these are too many, those that hold an alias, and then what was made last. */
async function findVersions(scope: SearchScope, groups: Groups, missing: 0 | 1): Promise<Found> {
  const ask = (condition: WordCondition) => scope.versions(condition, mostVersions)
  const holders = [[{ text: holder, isBeginning: false }]]
  // To look for all that begins so takes long where it is much, and whole words are worth more.
  const exact = await ask({ groups: whole(groups), missing })
  if (!exact.isAll) {
    if (missing === 1) return exact
    return firstOf(mostVersions, [await ask({ groups: [...holders, ...whole(groups)], missing }), exact])
  }
  if (!groups.flat().some(({ isBeginning }) => isBeginning)) return exact
  const all = await ask({ groups, missing })
  if (all.isAll || missing === 1) return all
  return firstOf(mostVersions, [await ask({ groups: [...holders, ...groups], missing }), exact, all])
}

/** The words as they are written, not what begins so. */
function whole<Word extends WantedWord>(groups: readonly (readonly Word[])[]): Word[][] {
  return groups.map((group) => group.map((word) => ({ ...word, isBeginning: false })))
}

async function withWords(
  { index }: SearchScope,
  documents: readonly FoundDocument[],
): Promise<readonly FoundDocument[]> {
  if (documents.length === 0) return []
  const words = await index.wordsOfVersions(documents.map(({ id }) => id))
  return documents.map((document) => ({ ...document, words: words.get(document.id) ?? '' }))
}

/** Of too many: each once, those of the first lists first. */
function firstOf(most: number, lists: readonly Found[]): Found {
  const byId = new Map(lists.flatMap(({ documents }) => documents).map((each) => [each.id, each]))
  return { documents: [...byId.values()].slice(0, most), isAll: false }
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
  return mapInTurns(documents, toHit, scope)
}
