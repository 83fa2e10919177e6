import type { Bench } from './bench.ts'
import { holds, type Measurement, median, type Target } from './measurement.ts'

export interface Outcome {
  readonly target: Target<unknown>
  /** Of each round. */
  readonly figures: readonly number[]
  /** The median of the rounds. */
  readonly figure: number
  readonly holds: boolean
  /** Why there is no figure. */
  readonly failure?: string
}

export interface Run {
  readonly outcomes: readonly Outcome[]
  /** Of each round. */
  readonly samples: ReadonlyMap<Measurement, readonly unknown[]>
}

/**
 * One measurement after the other, each with its rounds in a row: a gateway that had nothing to do for long has given back
 * memory and compiled code, and short rounds would measure how it gets them again.
 */
export async function runMeasurements(
  bench: Bench,
  measurements: readonly Measurement[],
  rounds: number,
): Promise<Run> {
  const samples = new Map<Measurement, unknown[]>()
  const failures = new Map<Measurement, string>()
  for (const measurement of measurements) {
    const startedAt = performance.now()
    const measured: unknown[] = []
    samples.set(measurement, measured)
    const isOnce = measurement.once === 'always' || (measurement.once === 'quick' && bench.options.isQuick)
    try {
      await measurement.prepare?.(bench)
      for (let round = 0; round < (isOnce ? 1 : rounds); round++) {
        measured.push(await measurement.measure(bench, round))
      }
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      console.error(`measured ${nameOf(measurement)} in ${seconds} s`)
    } catch (error) {
      failures.set(measurement, error instanceof Error ? error.message : String(error))
      console.error(`${nameOf(measurement)}: ${failures.get(measurement)}`)
    }
  }
  const outcomes = measurements.flatMap((measurement) =>
    measurement.targets.map((target) =>
      toOutcome(target, samples.get(measurement) ?? [], failures.get(measurement)),
    ),
  )
  return { outcomes, samples }
}

const nameOf = ({ targets }: Measurement) => targets.map(({ name }) => name).join(', ')

function toOutcome(target: Target<unknown>, samples: readonly unknown[], failure?: string): Outcome {
  const figures = samples.map((sample) => target.figure(sample))
  const figure = failure === undefined ? median(figures) : Number.NaN
  const outcome = { target, figures, figure, holds: holds(target.bar, figure) }
  return failure === undefined ? outcome : { ...outcome, failure }
}
