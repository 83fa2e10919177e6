import type { Measurement } from './harness/measurement.ts'
import { measurements as theFour } from './rows/the-four.ts'

/** Everything that is measured. A file of rows joins by its `measurements`. */
export const measurements: readonly Measurement[] = [...theFour]
