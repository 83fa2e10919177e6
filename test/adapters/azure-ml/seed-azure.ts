import { createStageTags } from '../../../src/adapters/azure-ml/reads/stage-tags.ts'
import type { StagesConfig } from '../../../src/adapters/azure-ml/stages-config.ts'
import type {
  ConformanceFixture,
  FixtureModel,
  FixtureVersion,
  NotStored,
  SeededFixture,
} from '../../../src/conformance/index.ts'
import type { RunRecord } from '../../../src/contract/index.ts'
import type { AzureWriter } from './azure-writer.ts'

/** Where workspaces and registries can have files alike. */
const files = 'https://account.blob.core.windows.net/models'

interface Seeding {
  readonly writer: AzureWriter
  readonly stages: StagesConfig
  readonly notStored: NotStored[]
}

/** Loads the fixture into the double as other programs would; what Azure cannot hold is said. */
export async function seedAzure(
  writer: AzureWriter,
  stages: StagesConfig,
  fixture: ConformanceFixture,
): Promise<SeededFixture> {
  const seeding: Seeding = {
    writer,
    stages,
    notStored: [
      { what: 'times of models, versions and runs', reason: 'Azure takes its own' },
      { what: 'status and creator of versions', reason: 'every version is READY, of who made it' },
      { what: 'metrics and params of runs', reason: 'Resource Manager does not give them' },
      { what: 's3:// sources', reason: 'Azure takes places in its own storage' },
    ],
  }
  const runs = await Promise.all(fixture.runs.map((run) => seedRun(seeding, run)))
  const models: FixtureModel[] = []
  for (const model of fixture.models) models.push(...(await seedModel(seeding, model)))
  return { stored: { prefix: fixture.prefix, models, runs }, notStored: seeding.notStored }
}

async function seedRun({ writer }: Seeding, run: RunRecord): Promise<RunRecord> {
  const inputs = Object.fromEntries(
    run.params.map(({ key, value }) => [key, { jobInputType: 'literal', value }]),
  )
  const services = { Studio: { jobServiceType: 'Studio', endpoint: `https://ml.example/${run.runId}` } }
  const path = `jobs/${run.runId}`
  const job = { jobType: 'Command', displayName: run.name, status: run.status, inputs, services }
  const { systemData } = await writer.put(path, job)
  const startedAt = new Date(systemData?.createdAt ?? '')
  return { ...run, metrics: [], startedAt, endedAt: null, url: services.Studio.endpoint }
}

async function seedModel(seeding: Seeding, model: FixtureModel): Promise<FixtureModel[]> {
  const { writer, notStored } = seeding
  const { name, description, archived, aliases } = model
  if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(name)) {
    notStored.push({ what: `the model ${JSON.stringify(name)}`, reason: 'Azure does not take its name' })
    return []
  }
  const tags = [
    ...model.tags.map(({ key, value }) => [key, value]),
    ...aliases.map((alias) => [`alias.${alias.name}`, alias.version]),
  ]
  await writer.put(`models/${name}`, { description, tags: Object.fromEntries(tags), isArchived: archived })
  const versions: FixtureVersion[] = []
  for (const version of model.versions) versions.push(await seedVersion(seeding, name, version))
  return [{ name, description, tags: model.tags, aliases, archived, versions }]
}

async function seedVersion(
  { writer, stages }: Seeding,
  model: string,
  version: FixtureVersion,
): Promise<FixtureVersion> {
  const { version: number, description, tags, stage, runId } = version
  const isCopy = version.source?.startsWith('models:/') === true
  const source = isCopy ? version.source : (version.source?.replace('s3://bucket', files) ?? null)
  await writer.put(`models/${model}/versions/${number}`, {
    description,
    tags: createStageTags(stages).write(
      Object.fromEntries(tags.map(({ key, value }) => [key, value])),
      stage ?? 'None',
    ),
    ...(isCopy ? { properties: { 'modelgate.source': source } } : {}),
    modelUri: isCopy ? `${files}/models/43/1` : source,
    modelType: 'custom_model',
    jobName: runId,
    isArchived: version.archived,
  })
  const given = { version: number, description, tags, stage, runId, source, archived: version.archived }
  return { ...given, status: 'READY', statusMessage: null, createdBy: 'A User' }
}
