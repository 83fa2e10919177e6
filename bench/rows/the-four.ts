import { LoadMeasurement, type LoadSample } from '../harness/load-measurement.ts'
import type { Measurement, Target } from '../harness/measurement.ts'
import { theFour } from '../questions/the-four.ts'

const { q1, q2, q3, q4 } = theFour
const others = ['apollo-in', 'yoga', 'mercurius'] as const
const at32 = { clients: 32, delayMs: 0, varied: true } as const
const alone = { clients: 1, delayMs: 0, varied: true } as const

const throughput = (name: string, what: string, atLeast: number): Target<LoadSample> => ({
  name,
  what: `${what}: throughput at 32 clients`,
  unit: 'x apollo',
  bar: { atLeast },
  figure: ({ modelgate, apollo }) => modelgate.rps / apollo.rps,
})
const belowApollo = (name: string): Target<LoadSample> => ({
  name: `${name}-alone`,
  what: `${name}, every query another: p50 of one client`,
  unit: 'x apollo',
  bar: { atMost: 1 },
  figure: ({ modelgate, apollo }) => modelgate.p50Ms / apollo.p50Ms,
})
const belowMercurius = (name: string): Target<LoadSample> => ({
  name: `${name}-alone-mercurius`,
  what: `${name}, every query another: p50 of one client`,
  unit: 'x mercurius',
  bar: { atMost: 1 },
  figure: ({ modelgate, mercurius }) => modelgate.p50Ms / mercurius.p50Ms,
})
const besideDirect = (name: string): Target<LoadSample> => ({
  name: `${name}-20ms`,
  what: `${name}, upstream 20 ms: p50 of one client`,
  unit: 'x direct',
  bar: { atMost: 1.03 },
  figure: ({ modelgate, direct }) => modelgate.p50Ms / direct.p50Ms,
})

/** Throughput and waiting on the four questions of the peers, over recorded MLflow 3.17.2 servers. */
export const measurements: readonly Measurement[] = [
  new LoadMeasurement({
    question: q1,
    ...at32,
    gateways: ['modelgate', 'apollo', 'direct'],
    others,
    targets: [
      throughput('q1', 'q1, every query another', 4.3),
      {
        name: 'q1-cpu',
        what: 'q1, every query another: CPU for one answer at 32 clients',
        unit: 'x direct',
        bar: { atMost: 1.25 },
        figure: ({ modelgate, direct }) => modelgate.cpuMs / direct.cpuMs,
      },
    ],
  }),
  new LoadMeasurement({
    question: q1,
    ...at32,
    varied: false,
    gateways: ['modelgate', 'apollo'],
    others: ['direct', ...others],
    targets: [throughput('q1-identical', 'q1, identical queries, no cache', 20)],
  }),
  ...(
    [
      [q2, 8],
      [q3, 3],
      [q4, 3.3],
    ] as const
  ).map(
    ([question, atLeast]) =>
      new LoadMeasurement({
        question,
        ...at32,
        gateways: ['modelgate', 'apollo'],
        others: ['direct', ...others],
        targets: [throughput(question.name, `${question.name}, every query another`, atLeast)],
      }),
  ),
  ...[q1, q2, q4].map(
    (question) =>
      new LoadMeasurement({
        question,
        ...alone,
        gateways: ['modelgate', 'apollo', 'mercurius'],
        others: ['direct'],
        targets: [belowApollo(question.name), belowMercurius(question.name)],
      }),
  ),
  new LoadMeasurement({
    question: q3,
    ...alone,
    gateways: ['modelgate', 'apollo'],
    others: ['direct', 'mercurius'],
    targets: [belowApollo('q3')],
  }),
  ...[q1, q2, q3].map(
    (question) =>
      new LoadMeasurement({
        question,
        clients: 1,
        delayMs: 20,
        varied: true,
        gateways: ['modelgate', 'direct'],
        targets: [besideDirect(question.name)],
      }),
  ),
]
