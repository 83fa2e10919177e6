import { toWords } from '../../words/to-words.ts'
import type { FieldText } from '../../words/word-document.ts'
import { type Groups, worthOf } from './rank.ts'

export interface FoundHighlight {
  readonly field: string
  /** HTML. */
  readonly fragment: string
}

const runs = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
/** Around the first word that was found. */
const charactersBefore = 60
const longestFragment = 200
const most = 10
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Where the words stand in the texts of a hit. */
export function highlightsOf(groups: Groups, texts: readonly FieldText[]): FoundHighlight[] {
  const highlights: FoundHighlight[] = []
  for (const { field, text } of joined(texts)) {
    if (highlights.length >= most) break
    const places = placesIn(groups, text)
    if (places.length > 0) highlights.push({ field, fragment: fragmentOf(text, places) })
  }
  return highlights
}

interface Place {
  readonly start: number
  readonly end: number
}

/** A key and its value are one text. */
function joined(texts: readonly FieldText[]): { readonly field: string; readonly text: string }[] {
  const pairs: { field: string; text: string }[] = []
  for (const { field, text, kind } of texts) {
    const last = pairs.at(-1)
    if (kind !== 'alias' && last?.field === field) last.text += `: ${text}`
    else pairs.push({ field, text })
  }
  return pairs
}

function placesIn(groups: Groups, text: string): Place[] {
  const places: Place[] = []
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (index > (places[0]?.start ?? Number.POSITIVE_INFINITY) + longestFragment) break
    const isFound = toWords(run).some((word) => groups.some((group) => worthOf(group, word.text) > 0))
    // One word may be without end.
    const end = run.length > longestFragment ? wholeUntil(text, index + longestFragment) : index + run.length
    if (isFound) places.push({ start: index, end })
  }
  return places
}

function fragmentOf(text: string, places: readonly Place[]): string {
  const first = places[0]?.start ?? 0
  const start = startOf(text, first)
  const end = endOf(text, Math.max(start + longestFragment, places[0]?.end ?? 0))
  let fragment = start > 0 ? '…' : ''
  let at = start
  for (const place of places) {
    if (place.end > end) break
    fragment += `${escaped(text.slice(at, place.start))}<mark>${escaped(text.slice(place.start, place.end))}</mark>`
    at = place.end
  }
  return fragment + escaped(text.slice(at, end)) + (end < text.length ? '…' : '')
}

/** Behind a space, where there is one. */
function startOf(text: string, first: number): number {
  if (first <= charactersBefore) return 0
  const space = text.indexOf(' ', first - charactersBefore)
  return space === -1 || space >= first ? first : space + 1
}

function endOf(text: string, end: number): number {
  if (end >= text.length) return text.length
  const space = text.lastIndexOf(' ', end)
  return wholeUntil(text, space > end - charactersBefore ? space : end)
}

/** Never between the halves of one character. */
function wholeUntil(text: string, cut: number): number {
  return /[\ud800-\udbff]/.test(text[cut - 1] ?? '') ? cut - 1 : cut
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}
