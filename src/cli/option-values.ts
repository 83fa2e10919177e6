import { InvalidArgumentError } from 'commander'

const secondsOfADay = 86_400
const millisecondsOf: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const mostDays = 36_500

export function toPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a number from 0 to 65535.')
  return port
}

export function toSeconds(text: string): number {
  const seconds = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || seconds === 0 || seconds > secondsOfADay)
    throw new InvalidArgumentError(`Write a number of seconds, up to ${secondsOfADay}.`)
  return seconds
}

export function toMilliseconds(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([mhd])$/.exec(text) ?? []
  const milliseconds = Number(count) * (millisecondsOf[unit] ?? Number.NaN)
  if (!(milliseconds > 0) || milliseconds > mostDays * 86_400_000) {
    throw new InvalidArgumentError('Write a number and m, h or d, such as 90d; up to 36500d.')
  }
  return milliseconds
}

export function toTags(text: string, before: { key: string; value: string }[]) {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write KEY=VALUE.')
  return [...before, { key, value }]
}

export function toIds(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]))]
}
