import { type Bar, holds } from '../harness/measurement.ts'

/** One row of what was found. */
export interface Figure {
  readonly what: string
  /** `SQLite`, `PostgreSQL`, or nothing where it says nothing of either. */
  readonly database: string
  readonly figure: number
  readonly unit: string
  /** Left out: it is reported only. */
  readonly bar?: Bar
}

export function doesHold({ figure, bar }: Figure): boolean {
  return bar === undefined || holds(bar, figure)
}

/** As lines of the table of the page on performance. */
export function toLine(figure: Figure): string {
  const { what, database, unit, bar } = figure
  const word = bar === undefined ? '' : doesHold(figure) ? 'yes' : '**no**'
  return `| ${[word, what, database, `${shown(figure.figure)} ${unit}`, barOf(bar, unit)].join(' | ')} |`
}

export const tableHead = [
  '| holds | what | database | figure | bar |',
  '| ----- | ---- | -------- | ------ | --- |',
].join('\n')

function barOf(bar: Bar | undefined, unit: string): string {
  if (bar === undefined) return ''
  return 'atMost' in bar ? `≤ ${shown(bar.atMost)} ${unit}` : `≥ ${shown(bar.atLeast)} ${unit}`
}

function shown(figure: number): string {
  const digits = figure >= 100 ? 0 : figure >= 10 ? 1 : 2
  return figure.toLocaleString('en', { maximumFractionDigits: digits })
}
