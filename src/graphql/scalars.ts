import { GraphQLError, GraphQLScalarType } from 'graphql'

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

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
  const moment = date.getTime()
  const start = formatDay(Math.floor(moment / day))
  if (start === null) return null
  const ms = moment - Math.floor(moment / day) * day
  const rest = ms % minute
  return `${start}${twoDigits(ms / hour)}:${twoDigits((ms % hour) / minute)}:${twoDigits(rest / 1000)}.${threeDigits(rest % 1000)}Z`
}

/** Days that were formatted, as far as `T`: the moments of one answer are mostly of a few. */
const days = new Map<number, string | null>()
const mostDays = 1000

function formatDay(number: number): string | null {
  const known = days.get(number)
  if (known !== undefined) return known
  const date = new Date(number * day)
  const year = date.getUTCFullYear()
  const text = year >= 0 && year <= 9999 ? date.toISOString().slice(0, 'YYYY-MM-DDT'.length) : null
  if (days.size >= mostDays) days.clear()
  days.set(number, text)
  return text
}

const digits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(2, '0'))

function twoDigits(number: number): string {
  return digits[Math.trunc(number)] ?? ''
}

function threeDigits(number: number): string {
  const text = twoDigits(number)
  return text.length === 3 ? text : `0${text}`
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
