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

/** Round by round over all measurements, so that what disturbs the machine for a while disturbs one round of each. */
export async function runMeasurements(
  bench: Bench,
  measurements: readonly Measurement[],
  rounds: number,
): Promise<Run> {
  const samples = new Map<Measurement, unknown[]>(measurements.map((one) => [one, []]))
  const failures = new Map<Measurement, string>()
  const attempt = async (measurement: Measurement, work: () => Promise<void>) => {
    if (failures.has(measurement)) return
    try {
      await work()
    } catch (error) {
      failures.set(measurement, error instanceof Error ? error.message : String(error))
      console.error(`${nameOf(measurement)}: ${failures.get(measurement)}`)
    }
  }
  for (const measurement of measurements) await attempt(measurement, async () => measurement.prepare?.(bench))
  for (let round = 0; round < rounds; round++) {
    for (const measurement of measurements) {
      if (
        round > 0 &&
        (measurement.once === 'always' || (measurement.once === 'quick' && bench.options.isQuick))
      )
        continue
      await attempt(measurement, async () => {
        samples.get(measurement)?.push(await measurement.measure(bench, round))
      })
    }
    console.error(`round ${round + 1} of ${rounds}`)
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
