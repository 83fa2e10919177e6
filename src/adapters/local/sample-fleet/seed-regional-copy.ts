import type { GatewayDatabase } from '../../../state/database.ts'
import { createLocalStore } from '../store/local-store.ts'

const day = 86_400_000

/** A model whose versions are copies of another's in the same registry, as teams make them for a region. */
export async function seedRegionalCopy(
  database: GatewayDatabase,
  registry: string,
  now: number,
): Promise<void> {
  let at = now - 60 * day
  const store = createLocalStore(database, registry, { now: () => at })
  const name = 'churn_prediction_emea'
  await store.models.create({
    name,
    description: 'The releases of churn_prediction that serve EMEA.',
    tags: [
      { key: 'team', value: 'growth' },
      { key: 'region', value: 'emea' },
    ],
  })
  for (const number of ['1', '2']) {
    at += 20 * day
    const version = await store.versions.create({
      model: name,
      source: `models:/churn_prediction/${number}`,
      createdBy: 'growth@example.com',
      tags: [{ key: 'validation_status', value: 'passed' }],
    })
    await store.aliases.set({ model: name, alias: 'champion' }, version)
  }
}
