import { afterAll, expect, test } from 'vitest'
import { createFileSource } from '../../state/database-source.ts'
import { providedPostgres } from '../../state/provided-postgres.ts'
import { measureRelevance } from './relevance.ts'

const sources = [createFileSource(), providedPostgres()]
afterAll(() => Promise.all(sources.map((source) => source.dispose())))

test('queries find on PostgreSQL what is meant by them, and as well as on SQLite', async () => {
  const [sqlite, postgres] = await Promise.all(sources.map(measureRelevance))
  const queries = [...(sqlite?.byQuery.keys() ?? [])]
  const others = queries.filter((text) => sqlite?.byQuery.get(text) !== postgres?.byQuery.get(text))
  expect(postgres?.mean).toBeGreaterThanOrEqual(0.85)
  const difference = Math.abs((sqlite?.mean ?? 0) - (postgres?.mean ?? 0))
  expect(difference, `other hits for ${others.join(', ')}`).toBeLessThanOrEqual(0.02)
})
