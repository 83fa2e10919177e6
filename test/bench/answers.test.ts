import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configuration } from '../../bench/harness/gateway-kinds.ts'
import { RecordedUpstream } from '../../bench/harness/recorded-upstream.ts'
import { canonical } from '../../bench/questions/canonical.ts'
import type { Question, Variant } from '../../bench/questions/question.ts'
import { type Recording, readRecording } from '../../bench/questions/recording.ts'
import { shapes } from '../../bench/questions/shapes.ts'
import { theFour } from '../../bench/questions/the-four.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'

/** Counts and answers of what the bench measures; times are nothing for a test. */
describe('what the bench asks, over recorded MLflow servers', () => {
  let upstream: RecordedUpstream
  let gateway: OpenGateway
  let recording: Recording

  beforeAll(async () => {
    recording = readRecording()
    upstream = await RecordedUpstream.start()
    // Which would ask for what it keeps while others count.
    gateway = await openGateway(configuration(upstream, { catalog: false }))
  })
  afterAll(async () => {
    await gateway?.close()
    upstream?.close()
  })

  const { q1, q2, q3, q4 } = theFour
  const ask = ({ modelgate }: Question, variant: Variant) => gateway.data(modelgate, variant.modelgate)

  /** Cold: nothing of it was asked before, and nothing is kept. */
  async function requestsFor(question: Question, clients: number): Promise<number> {
    await upstream.reset()
    await Promise.all(Array.from({ length: clients }, () => ask(question, question.variants[0])))
    return upstream.count()
  }

  it.each([
    [q1, 3],
    [q2, 6],
    [q3, 3],
    [q4, 3],
  ])('$name takes no more requests than the bar allows', async (question, atMost) => {
    expect(await requestsFor(question, 1)).toBeLessThanOrEqual(atMost)
  })

  it('32 identical pages at once take three requests', async () => {
    await upstream.set('all', { delayMs: 300 })
    try {
      expect(await requestsFor(q1, 32)).toBe(3)
    } finally {
      await upstream.set('all', { delayMs: 0 })
    }
  })

  it.each([q1, q2, q3, q4, shapes.merged, shapes.nodes])(
    '$name is answered as recorded',
    async (question) => {
      // The last ones too, as the first are those of everybody.
      const variants = [...question.variants.slice(0, 8), ...question.variants.slice(-8)]
      for (const variant of variants) {
        expect(variant.expected).toBeDefined()
        expect(canonical(await ask(question, variant))).toEqual(variant.expected?.(recording))
      }
    },
  )

  it('all variants of a question are different', () => {
    for (const { variants } of [...Object.values(theFour), ...Object.values(shapes)]) {
      const asked = new Set(variants.map(({ modelgate, text }) => JSON.stringify([modelgate, text])))
      expect(asked.size).toBe(variants.length)
      expect(asked.size).toBeGreaterThan(32)
    }
  })
})
