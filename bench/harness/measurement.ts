import type { Bench } from './bench.ts'

export type Bar = { readonly atMost: number } | { readonly atLeast: number }

/** One row of what has to be reached: a figure of one round, and where it has to lie. */
export interface Target<Sample> {
  /** Short and unique, as in `npm run bench -- --only NAME`. */
  readonly name: string
  readonly what: string
  /** What the figure is, such as `x apollo` or `ms`. */
  readonly unit: string
  readonly bar: Bar
  figure(sample: Sample): number
}

/** Something that is measured a round at a time, and the rows that are read off it. */
export interface Measurement<Sample = unknown> {
  /** `always` also in the quick run. */
  readonly runs: 'always' | 'full'
  /** Where one round is enough: always, as counts are the same each time, or in the quick run, which has little time. */
  readonly once?: 'always' | 'quick'
  readonly targets: readonly Target<Sample>[]
  /** Compares all answers with the reference and warms up. Throws what is wrong. */
  prepare?(bench: Bench): Promise<void>
  /** One round, over all gateways that it compares, in an order that turns with `round`. */
  measure(bench: Bench, round: number): Promise<Sample>
}

export const holds = (bar: Bar, figure: number): boolean =>
  'atMost' in bar ? figure <= bar.atMost : figure >= bar.atLeast

export const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [lower = Number.NaN, upper = Number.NaN] = [
    sorted[sorted.length % 2 ? middle : middle - 1],
    sorted[middle],
  ]
  return (lower + upper) / 2
}
