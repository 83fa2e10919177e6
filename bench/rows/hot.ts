import { LoadMeasurement, type LoadSample } from '../harness/load-measurement.ts'
import type { Measurement } from '../harness/measurement.ts'
import { canonical } from '../questions/canonical.ts'
import type { Question } from '../questions/question.ts'
import { mergedModels } from '../questions/recording.ts'
import { theFour } from '../questions/the-four.ts'

const others = ['apollo-cache', 'yoga-cache', 'mercurius-cache'] as const
const hot = { delayMs: 0, varied: false, gateways: ['modelgate-hot', ...others] } as const

const twentyRows: Question = {
  name: 'twenty-rows',
  modelgate: '{ models(first: 20) { nodes { name description tags { key value } } } }',
  peers: '{ models(first: 20) { nodes { name description tags { key value } } } }',
  variants: [
    {
      modelgate: {},
      peers: {},
      expected: (recording) =>
        canonical({
          models: {
            nodes: mergedModels(recording)
              .slice(0, 20)
              .map(({ name, description, tags }) => ({ name, description, tags })),
          },
        }),
    },
  ],
}

export const measurements: readonly Measurement[] = [
  new LoadMeasurement({
    ...hot,
    question: theFour.q1,
    clients: 32,
    targets: [
      {
        name: 'hot',
        what: 'q1 from a short cache over requests: throughput at 32 clients',
        unit: 'x the best peer',
        bar: { atLeast: 7 },
        figure: (sample) => sample['modelgate-hot'].rps / Math.max(...others.map((name) => sample[name].rps)),
      },
    ],
  }),
  new LoadMeasurement({
    ...hot,
    question: theFour.q1,
    clients: 1,
    targets: [
      {
        name: 'hot-alone',
        what: 'q1 from a short cache over requests: p50 of one client',
        unit: 'x the best peer',
        bar: { atMost: 0.2 },
        figure: (sample: LoadSample) =>
          sample['modelgate-hot'].p50Ms / Math.min(...others.map((name) => sample[name].p50Ms)),
      },
    ],
  }),
  new LoadMeasurement({
    question: twentyRows,
    clients: 32,
    delayMs: 0,
    varied: false,
    gateways: ['modelgate-hot', 'bare-apollo'],
    targets: [
      {
        name: 'twenty-rows',
        what: 'a list of 20 rows from the cache: throughput at 32 clients, beside a bare Apollo that has them in memory',
        unit: 'x bare Apollo',
        bar: { atLeast: 0.6 },
        figure: (sample) => sample['modelgate-hot'].rps / sample['bare-apollo'].rps,
      },
    ],
  }),
]
