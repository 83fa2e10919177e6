import { invalidParameter, serverError } from './stub-error.ts'

export interface SearchPage<T> {
  rows: T[]
  nextPageToken: string | undefined
}

interface PageLimits {
  defaultSize: number
  maximum: number
  /** Model search takes 0 and answers an empty page that leads to itself; version search refuses it. */
  allowsZero: boolean
  /** No page holds more, whatever was asked for. */
  cap: number | undefined
  /** SQLite takes one for zero; the databases that sort by a locale do not. */
  allowsNegativeOffset: boolean
}

/** A page token is an offset and nothing else: what is written between two pages moves the second. */
export const takePage = <T>(
  rows: readonly T[],
  asked: string | undefined,
  token: string | undefined,
  { defaultSize, maximum, allowsZero, cap = Number.POSITIVE_INFINITY, allowsNegativeOffset }: PageLimits,
): SearchPage<T> => {
  const size = asked === undefined ? defaultSize : Number(asked)
  if (!Number.isInteger(size) || size > maximum || size < (allowsZero ? 0 : 1))
    throw invalidParameter(`Invalid value ${asked} for parameter 'max_results' supplied`)
  const given = token === undefined ? 0 : readToken(token)
  if (given < 0 && !allowsNegativeOffset) throw serverError('OFFSET must not be negative')
  const offset = Math.max(0, given)
  const end = offset + Math.min(size, cap)
  return {
    rows: rows.slice(offset, end),
    nextPageToken: end < rows.length ? writeToken(end) : undefined,
  }
}

const writeToken = (offset: number): string => Buffer.from(JSON.stringify({ offset })).toString('base64')

const readToken = (token: string): number => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    const { offset } = parsed as { offset: unknown }
    if (typeof offset === 'number') return offset
  } catch {
    // The same answer as for a token that can be read and holds no offset.
  }
  throw invalidParameter('Invalid page token, could not base64-decode')
}
