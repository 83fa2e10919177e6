import type { Bench } from '../harness/bench.ts'
import { checkAnswers } from '../harness/load-measurement.ts'
import type { Measurement, Target } from '../harness/measurement.ts'
import { type Question, toBody } from '../questions/question.ts'
import { theFour } from '../questions/the-four.ts'

type Counts = Readonly<Record<string, number>>

const at = (name: string, what: string, atMost: number): Target<Counts> => ({
  name: `upstream-${name}`,
  what: `${what}: requests to the upstream`,
  unit: 'requests',
  bar: { atMost },
  figure: (counts) => counts[name] ?? Number.NaN,
})

const oneModel: Question = {
  name: 'one-model',
  modelgate: 'query One($name: String!) { model(registry: "dev", name: $name) { name tags { key value } } }',
  peers: null,
  variants: [{ modelgate: { name: 'fraud-classification-0000' }, peers: {} }],
}

/** So that those who ask at once overlap, though one process sends them one after the other. */
const delayMs = 200

/** The least of three, as the gateway now and then asks for what has changed on its own. */
async function leastOf(bench: Bench, question: Question, clients: number): Promise<number> {
  const counts: number[] = []
  for (let turn = 0; turn < 3; turn++) counts.push(await count(bench, question, clients))
  return Math.min(...counts)
}

async function count(bench: Bench, question: Question, clients: number): Promise<number> {
  const gateway = await bench.gateway('modelgate')
  const body = toBody(question, question.variants[0], 'modelgate')
  await bench.upstream.reset()
  await Promise.all(Array.from({ length: clients }, () => gateway.ask(question.name, body)))
  return bench.upstream.count()
}

const { q1, q2, q3, q4 } = theFour

export const measurements: readonly Measurement[] = [
  {
    runs: 'always',
    once: 'always',
    targets: [
      at('q1', 'q1, cold', 3),
      at('q2', 'q2, cold', 6),
      at('q3', 'q3, cold', 3),
      at('q4', 'q4, cold', 3),
      at('q1-together', '32 identical q1 at once', 3),
      at('one-together', 'the same model 100 times at once', 1),
    ],
    async prepare(bench) {
      await bench.upstream.set('all', { delayMs: 0 })
      for (const question of Object.values(theFour)) {
        await checkAnswers(bench, 'modelgate', question, [question.variants[0]])
      }
    },
    async measure(bench): Promise<Counts> {
      await bench.upstream.set('all', { delayMs })
      return {
        q1: await leastOf(bench, q1, 1),
        q2: await leastOf(bench, q2, 1),
        q3: await leastOf(bench, q3, 1),
        q4: await leastOf(bench, q4, 1),
        'q1-together': await leastOf(bench, q1, 32),
        'one-together': await leastOf(bench, oneModel, 100),
      }
    },
  },
]
