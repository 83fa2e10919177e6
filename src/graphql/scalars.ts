import { GraphQLError, GraphQLScalarType } from 'graphql'

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

const minute = 60_000

/**
 * Epoch milliseconds of an RFC 3339 text; null when it is none. What is finer than a millisecond becomes a half, so
 * that comparing with whole milliseconds stays exact.
 */
export function parseDateTime(text: string): number | null {
  const match = pattern.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minutes, second] = match.map(Number)
  const fraction = match[7] ?? ''
  const offset = parseOffset(match[8], match[9], match[10])
  if (year === undefined || month === undefined || day === undefined || offset === null) return null
  if (hour === undefined || minutes === undefined || second === undefined) return null
  if (!isCalendarDate(year, month, day) || hour > 23 || minutes > 59 || second > 60) return null
  const minuteStart = utcDate(year, month, day) + (hour * 60 + minutes) * minute - offset
  if (second === 60 && !endsMonth(minuteStart)) return null
  return minuteStart + second * 1000 + milliseconds(fraction)
}

function parseOffset(sign: string | undefined, hours = '0', minutes = '0'): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
function utcDate(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(utcDate(year, month, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Leap seconds are only ever inserted there; the second is counted as the one that follows it. */
function endsMonth(minuteStart: number): boolean {
  const next = new Date(minuteStart + minute)
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0
}

function milliseconds(fraction: string): number {
  const whole = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return /[1-9]/.test(fraction.slice(3)) ? whole + 0.5 : whole
}

/** Four-digit years only, as RFC 3339 has no others; null for any other moment. */
export function formatDateTime(date: Date): string | null {
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : null
}

export const dateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize(value) {
    const text = value instanceof Date ? formatDateTime(value) : null
    if (text !== null) return text
    throw new GraphQLError('The registry gave a moment that RFC 3339 cannot express.', {
      extensions: { code: 'REGISTRY_ERROR', retryable: false },
    })
  },
  parseValue(value) {
    const moment = typeof value === 'string' ? parseDateTime(value) : null
    if (moment !== null) return moment
    throw new GraphQLError(
      'DateTime must be an RFC 3339 text with a zone, such as "2026-11-21T02:44:00Z", with at most 9 fraction digits.',
    )
  },
})
