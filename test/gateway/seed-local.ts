import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { silent } from '../state/database-source.ts'
import { type FleetModel, measuresOf } from './odd-fleet.ts'

/** Writes a fleet into a local registry of a gateway's database. */
export async function seedLocal(
  databaseUrl: string,
  registry: string,
  fleet: readonly FleetModel[],
): Promise<void> {
  const database = await openGatewayDatabase(databaseUrl, { log: silent })
  const store = createLocalStore(database, registry)
  for (const model of fleet) {
    await store.models.create({
      name: model.name,
      description: model.description ?? null,
      tags: toPairs(model.tags),
    })
    for (const [index, { run, stage, tags, description, source }] of (model.versions ?? []).entries()) {
      const { durationMs, sizeBytes } = measuresOf(model, index + 1)
      const startedAt = 1_700_000_000_000
      const runId = run ? `run-${fleet.indexOf(model)}-${index}` : null
      if (run && runId) {
        await store.runs.log({
          runId,
          metrics: Object.entries(run.metrics).map(([key, value]) => ({ key, value })),
          params: toPairs(run.params),
          startedAt: new Date(startedAt),
          endedAt: durationMs === null ? null : new Date(startedAt + durationMs),
        })
      }
      const version = await store.versions.create({
        model: model.name,
        description: description ?? null,
        tags: toPairs(tags),
        source: source ?? null,
        runId,
        sizeBytes,
      })
      if (stage) await store.stages.transition({ model: model.name, version }, { stage })
    }
    for (const [alias, version] of Object.entries(model.aliases ?? {})) {
      await store.aliases.set({ model: model.name, alias }, String(version))
    }
  }
  await database.close()
}

function toPairs(record: Readonly<Record<string, string>> = {}): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }))
}
