import type { StagesConfig } from '../../src/adapters/azure-ml/stages-config.ts'
import type { FixtureModel } from '../../src/conformance/index.ts'
import type { RunRecord } from '../../src/contract/index.ts'
import type { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { seedAzure } from '../adapters/azure-ml/seed-azure.ts'
import type { FleetModel } from './odd-fleet.ts'

/**
 * Writes a fleet into a double of Azure ML. Left out are the metrics of runs, which Resource Manager does not give; in
 * the place of `s3://bucket` stands a storage of Azure.
 */
export async function seedAzureFleet(
  writer: AzureWriter,
  stages: StagesConfig,
  fleet: readonly FleetModel[],
): Promise<void> {
  const runs: RunRecord[] = []
  const models = fleet.map((model) => toFixture(model, fleet.indexOf(model), runs))
  const { stored } = await seedAzure(writer, stages, { prefix: '', models, runs })
  if (stored.models.length < fleet.length) throw new Error('Azure does not take all names of this fleet')
}

function toFixture(
  { name, description, tags, aliases, versions }: FleetModel,
  index: number,
  runs: RunRecord[],
): FixtureModel {
  return {
    name,
    description: description ?? null,
    tags: toPairs(tags),
    aliases: Object.entries(aliases ?? {}).map(([alias, version]) => ({
      name: alias,
      version: `${version}`,
    })),
    archived: false,
    versions: (versions ?? []).map(({ run, ...version }, position) => {
      const runId = run ? `run-${index}-${position}` : null
      if (run && runId) runs.push(toRun(runId, run.params))
      return {
        version: `${position + 1}`,
        description: version.description ?? null,
        tags: toPairs(version.tags),
        stage: version.stage ?? 'None',
        archived: false,
        status: 'READY',
        statusMessage: null,
        source: version.source ?? null,
        runId,
        createdBy: null,
      }
    }),
  }
}

function toRun(runId: string, params: Readonly<Record<string, string>>): RunRecord {
  const times = { startedAt: null, endedAt: null }
  return {
    runId,
    name: runId,
    status: 'Completed',
    ...times,
    metrics: [],
    params: toPairs(params),
    url: null,
  }
}

function toPairs(record: Readonly<Record<string, string>> = {}): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }))
}
