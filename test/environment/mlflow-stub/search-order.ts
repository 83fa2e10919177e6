import { compareCodePoints } from '../../../src/contract/code-point-order.ts'
import { invalidParameter, StubError } from './stub-error.ts'

export type SortableRow = Record<string, string | number>
export type RowComparison = (left: SortableRow, right: SortableRow) => number

/**
 * The order MLflow gives: what was asked for, then its own tie-breakers. With a locale, texts sort as a database
 * with a language's collation sorts them.
 */
export const createOrder = (
  asked: readonly string[],
  allowed: readonly string[],
  tieBreakers: readonly string[],
  locale: string | undefined,
): RowComparison => {
  const terms = asked.map((text) => parseTerm(text, allowed))
  if (new Set(terms.map(({ key }) => key)).size < terms.length)
    throw new StubError(500, 'INTERNAL_ERROR', '`order_by` contains duplicate fields')
  const compareTexts = locale === undefined ? compareCodePoints : new Intl.Collator(locale).compare
  const all = [...terms, ...tieBreakers.map((text) => parseTerm(text, [...allowed, 'version_number']))]
  return (left, right) => {
    for (const { key, sign } of all) {
      const [a = '', b = ''] = [left[key], right[key]]
      const order = typeof a === 'number' ? a - Number(b) : compareTexts(a, `${b}`)
      if (order !== 0) return order * sign
    }
    return 0
  }
}

const parseTerm = (text: string, allowed: readonly string[]): { key: string; sign: 1 | -1 } => {
  const match = /^\s*(?:attribute\.)?(\w+)(?:\s+(ASC|DESC))?\s*$/i.exec(text)
  const key = match?.[1] ?? ''
  if (!allowed.includes(key)) throw invalidParameter(`Invalid order_by clause '${text}'`)
  return { key, sign: match?.[2]?.toUpperCase() === 'DESC' ? -1 : 1 }
}
