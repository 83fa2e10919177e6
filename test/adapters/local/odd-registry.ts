import type { LocalStore } from '../../../src/adapters/local/store/local-store.ts'

/** Texts that a quotation, a pattern, a collation or an encoding has been seen to get wrong. */
export const oddTexts = [
  'a',
  'A',
  'B',
  'b',
  'ab',
  'a b',
  'é',
  'e\u0301',
  'É',
  '～',
  '😀',
  '😀b',
  `it's`,
  'say "x"',
  '100%',
  '100x',
  'a_b',
  'axb',
  'back\\slash',
  'line\nbreak',
  ' ',
  '10',
  '9',
  'ß',
  'İ',
  'K',
  '[a]',
  '*?',
  '\u{10ffff}',
  '{"a":1}',
  "'; drop table local_model; --",
]

export const metricValues = [
  0,
  1,
  -1,
  0.1,
  1e300,
  -1e300,
  5e-324,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
]

const statuses = ['READY', 'PENDING', 'FAILED', 'UNKNOWN'] as const
const stages = ['None', 'Staging', 'Production', 'Archived']

const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

/** A model for each odd text that may be a name, with up to four versions. */
export async function seedOddRegistry(store: LocalStore): Promise<void> {
  for (const [index, value] of metricValues.entries()) {
    await store.runs.log({
      runId: `run ${index}`,
      metrics: [{ key: 'auc', value }, ...(index % 3 === 0 ? [{ key: 'rmse', value: index }] : [])],
      params: [{ key: 'depth', value: at(oddTexts, index) }],
    })
  }
  const names = oddTexts.filter((text) => !/[:/]/.test(text) && text.trim() !== '')
  for (const [index, name] of names.entries()) {
    await store.models.create({
      name,
      description: index % 3 === 0 ? null : at(oddTexts, index + 7),
      tags: index % 2 === 0 ? [] : [{ key: 'team', value: at(oddTexts, index + 3) }],
    })
    for (let number = 1; number <= index % 5; number++) await seedVersion(store, name, index * 5 + number)
    if (index % 5 > 0)
      await store.aliases.set({ model: name, alias: at(['champion', 'Champion', 'é'], index) }, '1')
    if (index % 5 > 2) await store.aliases.set({ model: name, alias: 'challenger' }, '2')
  }
}

async function seedVersion(store: LocalStore, model: string, seed: number): Promise<void> {
  const version = await store.versions.create({
    model,
    description: seed % 4 === 0 ? null : at(oddTexts, seed),
    source: seed % 6 === 0 ? null : `s3://${at(oddTexts, seed + 1)}`,
    // Some runs are not there.
    runId: seed % 5 === 0 ? null : `run ${seed % 12}`,
    status: at(statuses, seed),
    tags: seed % 3 === 0 ? [] : [{ key: 'team', value: at(oddTexts, seed + 2) }],
  })
  await store.stages.transition({ model, version }, { stage: at(stages, seed) })
}
