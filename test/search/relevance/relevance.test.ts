import { afterAll, expect, test } from 'vitest'
import { createFileSource } from '../../state/database-source.ts'
import { judgedQueries } from './judged-queries.ts'
import { measureRelevance } from './relevance.ts'

const source = createFileSource()
afterAll(() => source.dispose())

test(`${judgedQueries.length} queries find on SQLite what is meant by them`, async () => {
  const { mean, byQuery } = await measureRelevance(source)
  const missed = [...byQuery].filter(([, gain]) => gain < 0.5).map(([text]) => text)
  expect(mean, `least of all by ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.85)
})
