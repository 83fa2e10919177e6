import { type LoadFigures, LoadMeasurement, type LoadSample } from './load-measurement.ts'
import { type Bar, median } from './measurement.ts'
import type { Outcome, Run } from './run-measurements.ts'

export type Row = readonly string[]

export const toBarText = (bar: Bar): string => ('atMost' in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`)

export const toText = (figure: number): string =>
  Number.isNaN(figure) ? '-' : figure >= 100 ? figure.toFixed(0) : String(+figure.toPrecision(3))

export const targetHead: Row = ['holds', 'target', 'median', 'rounds', 'bar', 'what']

export const toTargetRow = ({ target, figure, figures, holds, failure }: Outcome): Row => [
  holds ? 'yes' : '**no**',
  target.name,
  toText(figure),
  figures.length > 1 ? `${toText(Math.min(...figures))} - ${toText(Math.max(...figures))}` : '',
  `${toBarText(target.bar)} ${target.unit}`,
  failure === undefined ? target.what : `not measured: ${failure}`,
]

export const loadHead: Row = [
  'load',
  'who',
  'answers/s',
  'x apollo',
  'p50 ms',
  'p95 ms',
  'CPU ms',
  'x apollo',
  'upstream',
]

/** How everybody did under each load: medians of the rounds, of which the ratios are made within each. */
export const toLoadRows = ({ samples }: Run): Row[] =>
  [...samples].flatMap(([measurement, rounds]) =>
    measurement instanceof LoadMeasurement && rounds.length > 0
      ? rowsOf(measurement.title, rounds as readonly LoadSample[])
      : [],
  )

/** What else was measured, round by round. */
export const toSampleLines = ({ samples }: Run): string[] =>
  [...samples].flatMap(([measurement, rounds]) =>
    measurement instanceof LoadMeasurement
      ? []
      : rounds.map((sample) => `${measurement.targets[0]?.name}: ${JSON.stringify(sample, shortened)}`),
  )

const shortened = (_: string, value: unknown) => (typeof value === 'number' ? +value.toPrecision(4) : value)

function rowsOf(title: string, rounds: readonly LoadSample[]): Row[] {
  const names = Object.keys(rounds[0] as LoadSample).sort() as (keyof LoadSample)[]
  return names.map((name) => {
    const of = (figure: keyof LoadFigures) => toText(median(rounds.map((round) => round[name][figure])))
    const toApollo = (figure: keyof LoadFigures) =>
      toText(median(rounds.map((round) => round[name][figure] / (round.apollo?.[figure] ?? Number.NaN))))
    return [
      title,
      name,
      of('rps'),
      toApollo('rps'),
      of('p50Ms'),
      of('p95Ms'),
      of('cpuMs'),
      toApollo('cpuMs'),
      of('upstream'),
    ]
  })
}

/** As Markdown, in columns that are straight in a terminal too. */
export function toTable(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: Row) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  )
}
