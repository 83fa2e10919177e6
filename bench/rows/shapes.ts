import { LoadMeasurement } from '../harness/load-measurement.ts'
import type { Measurement } from '../harness/measurement.ts'
import { shapes } from '../questions/shapes.ts'

const at32 = { clients: 32, delayMs: 0, varied: true } as const
const { deep, aliased, fragments, filtered, single, documents, merged, nodes } = shapes

/** Other shapes of questions, so that the way is fast and not the four questions. */
export const measurements: readonly Measurement[] = [
  ...(
    [
      [deep, 'models with their versions and all that either has', 8, 'full'],
      [aliased, 'three lists of each registry under other names', 3, 'full'],
      [fragments, 'fragments, with fields that variables switch', 3, 'always'],
      [filtered, 'models by the beginning of their name', 3, 'full'],
      [single, 'a page of one model by its name', 3, 'always'],
      [documents, 'a page, every document another', 1.5, 'full'],
    ] as const
  ).map(
    ([question, what, atLeast, runs]) =>
      new LoadMeasurement({
        runs,
        question,
        ...at32,
        gateways: ['modelgate', 'apollo'],
        others: ['mercurius'],
        targets: [
          {
            name: question.name,
            what: `${what}: throughput at 32 clients`,
            unit: 'x apollo',
            bar: { atLeast },
            figure: ({ modelgate, apollo }) => modelgate.rps / apollo.rps,
          },
        ],
      }),
  ),
  ...(
    [
      [merged, 'one list of 50 models over three registries', 1.25],
      // Where q3's bar lies: apollo takes some five times what direct does for it.
      [nodes, 'three models by their ids', 1.7],
    ] as const
  ).map(
    ([question, what, atMost]) =>
      new LoadMeasurement({
        question,
        ...at32,
        gateways: ['modelgate', 'direct'],
        targets: [
          {
            name: question.name,
            what: `${what}: CPU for one answer at 32 clients, beside the same requests for ${question.direct}`,
            unit: 'x direct',
            bar: { atMost },
            figure: ({ modelgate, direct }) => modelgate.cpuMs / direct.cpuMs,
          },
        ],
      }),
  ),
]
