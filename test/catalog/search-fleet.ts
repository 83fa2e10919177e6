import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'

/** What a search is tried on: few models that differ in what they say where. */
export async function seedSearchFleet(database: GatewayDatabase): Promise<void> {
  const dev = createLocalStore(database, 'dev')
  const tags = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => ({ key, value }))
  await dev.models.create({
    name: 'fraud-detector',
    description: 'Finds stolen cards: <b>fast</b> & "well".',
    tags: tags({ team: 'payments', ticket: 'ML-12345' }),
  })
  await dev.runs.log({
    runId: 'run-1',
    name: 'nightly-otter',
    params: [
      { key: 'learning_rate', value: '0.01' },
      { key: 'optimizer', value: 'adamw' },
    ],
  })
  const first = { model: 'fraud-detector', source: 's3://b/1' }
  await dev.versions.create({
    ...first,
    description: 'Trained on september.',
    runId: 'run-1',
    tags: tags({ dataset: 'cards-2026' }),
  })
  await dev.versions.create({ ...first, description: 'Trained on october.' })
  await dev.versions.create({ ...first, description: 'Trained on november.' })
  await dev.aliases.set({ model: 'fraud-detector', alias: 'champion' }, '1')
  await dev.models.create({ name: 'FraudScorer', description: 'Scores cards.' })
  await dev.models.create({ name: 'fraud' })
  await dev.models.create({
    name: 'churn',
    description: 'Who leaves; nothing of fraud.',
    tags: tags({ team: 'growth' }),
  })
  await dev.models.create({ name: 'Größen-Überwachung' })
  await dev.models.create({ name: '信用模型' })
  await dev.models.create({ name: 'resnet50-classifier' })
  await dev.models.create({ name: 'zebra' })
  await dev.versions.create({ model: 'zebra', source: 's3://b/2', description: 'Retired quagga.' })
  await dev.stages.transition({ model: 'zebra', version: '1' }, { stage: 'Archived' })
  const prod = createLocalStore(database, 'prod')
  await prod.models.create({ name: 'fraud-detector', description: 'The one that runs.' })
  const out = createLocalStore(database, 'out')
  await out.models.create({ name: 'fraud-secret' })
}
