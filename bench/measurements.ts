import type { Measurement } from './harness/measurement.ts'
import { measurements as brokenRegistry } from './rows/broken-registry.ts'
import { measurements as hot } from './rows/hot.ts'
import { measurements as localRegistry } from './rows/local-registry.ts'
import { measurements as manyRegistries } from './rows/many-registries.ts'
import { measurements as memory } from './rows/memory.ts'
import { measurements as shapes } from './rows/shapes.ts'
import { measurements as slowRegistry } from './rows/slow-registry.ts'
import { measurements as soak } from './rows/soak.ts'
import { measurements as start } from './rows/start.ts'
import { measurements as theFour } from './rows/the-four.ts'
import { measurements as upstreamRequests } from './rows/upstream-requests.ts'

/** Everything that is measured. A file of rows joins by its `measurements`. */
export const measurements: readonly Measurement[] = [
  ...upstreamRequests,
  ...theFour,
  ...shapes,
  ...hot,
  ...brokenRegistry,
  ...start,
  ...memory,
  ...localRegistry,
  ...manyRegistries,
  ...slowRegistry,
  ...soak,
]
