import type {
  ConformanceFixture,
  FixtureModel,
  FixtureVersion,
  NotStored,
  SeededFixture,
} from '../../src/conformance/index.ts'
import type { RunRecord, TagRecord } from '../../src/contract/index.ts'
import { hidePrompt } from './hide-prompt.ts'
import { MlflowWriter, Refused } from './mlflow-writer.ts'

/** Loads the fixture into a real MLflow server; what it refuses, or keeps otherwise, is said. */
export async function seedMlflow(url: string, fixture: ConformanceFixture): Promise<SeededFixture> {
  const seeding: Seeding = {
    writer: new MlflowWriter(url),
    notStored: [
      { what: 'times of models and versions', reason: 'the server takes its own' },
      { what: 'archived models', reason: 'only versions can be archived' },
      { what: 'status and creator of versions', reason: 'every version is READY, of nobody' },
    ],
    runIds: new Map(),
  }
  const { experiment_id } = await seeding.writer.post('experiments/create', {
    name: `${fixture.prefix}experiment`,
  })
  const runs = await eachOf(fixture.runs, (run) => seedRun(seeding, String(experiment_id), run))
  const copies = fixture.models.filter(isCopied)
  const originals = await eachOf(
    fixture.models.filter((model) => !isCopied(model)),
    (model) => seedModel(seeding, model),
  )
  const models = [...originals, ...(await eachOf(copies, (model) => seedModel(seeding, model)))].flat()
  const prompt = await hidePrompt(seeding.writer, `${fixture.prefix}hidden`)
  return {
    stored: { prefix: fixture.prefix, models, runs },
    notStored: seeding.notStored,
    hidden: [prompt],
    async remove() {
      await seeding.writer.delete('registered-models/delete', { name: prompt.name })
      await eachOf(models, ({ name }) => seeding.writer.delete('registered-models/delete', { name }))
      await seeding.writer.post('experiments/delete', { experiment_id })
    },
  }
}

interface Seeding {
  readonly writer: MlflowWriter
  readonly notStored: NotStored[]
  /** The server's own id by the fixture's. */
  readonly runIds: Map<string, string>
}

/** A few at a time, in the order given. */
async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const left = items.entries()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const [index, item] of left) results[index] = await work(item)
    }),
  )
  return results
}

async function isStored({ notStored }: Seeding, what: string, write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    notStored.push({ what, reason: error.message })
    return false
  }
}

async function seedRun(
  { writer, runIds }: Seeding,
  experimentId: string,
  run: RunRecord,
): Promise<RunRecord> {
  const created = await writer.post('runs/create', {
    experiment_id: experimentId,
    run_name: run.name,
    start_time: run.startedAt?.getTime(),
  })
  const { info } = created.run as { info: { run_id: string; artifact_uri: string } }
  await writer.putFile(info.artifact_uri, 'model/MLmodel', 'of the fixture')
  const metrics = run.metrics.map(({ key, value, step }) => ({
    key,
    value: toJson(value),
    timestamp: 1,
    step,
  }))
  await writer.post('runs/log-batch', { run_id: info.run_id, metrics, params: run.params })
  await writer.post('runs/update', {
    run_id: info.run_id,
    status: run.status,
    end_time: run.endedAt?.getTime(),
  })
  runIds.set(run.runId, info.run_id)
  return { ...run, runId: info.run_id }
}

/** JSON has no such numbers; protocol buffers take them as texts. */
function toJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

function isCopied(model: FixtureModel): boolean {
  return model.versions.some(({ source }) => source?.startsWith('models:/'))
}

async function seedModel(seeding: Seeding, model: FixtureModel): Promise<FixtureModel[]> {
  const { writer } = seeding
  const { name, description } = model
  const what = `the model ${JSON.stringify(name)}`
  const created = await isStored(
    seeding,
    what,
    writer.post('registered-models/create', { name, description }),
  )
  if (!created) return []
  const tags = await seedTags(seeding, what, model.tags, 'registered-models/set-tag', { name })
  const versions: FixtureVersion[] = []
  for (const version of model.versions) versions.push(await seedVersion(seeding, name, version))
  const aliases = []
  for (const { name: alias, version } of model.aliases) {
    const write = writer.post('registered-models/alias', { name, alias, version })
    if (await isStored(seeding, `the alias ${JSON.stringify(alias)}`, write))
      aliases.push({ name: alias, version })
  }
  return [{ name, description, tags, aliases, archived: false, versions }]
}

async function seedVersion(seeding: Seeding, name: string, version: FixtureVersion): Promise<FixtureVersion> {
  const { writer, runIds } = seeding
  const { description, source, stage } = version
  const runId = version.runId === null ? null : (runIds.get(version.runId) ?? version.runId)
  const body = { name, source, description, run_id: runId }
  const created = await writer.post('model-versions/create', body)
  const { version: number } = created.model_version as { version: string }
  const what = `the version ${JSON.stringify([name, number])}`
  const tags = await seedTags(seeding, what, version.tags, 'model-versions/set-tag', {
    name,
    version: number,
  })
  if (stage !== 'None') {
    const transition = { name, version: number, stage, archive_existing_versions: false }
    await writer.post('model-versions/transition-stage', transition)
  }
  const given = { version: number, description, source, stage, runId, tags }
  return { ...given, archived: stage === 'Archived', status: 'READY', statusMessage: null, createdBy: null }
}

async function seedTags(
  seeding: Seeding,
  owner: string,
  tags: readonly TagRecord[],
  path: string,
  target: object,
): Promise<TagRecord[]> {
  const kept: TagRecord[] = []
  for (const { key, value } of tags) {
    const what = `the tag ${JSON.stringify(key)} of ${owner}`
    if (await isStored(seeding, what, seeding.writer.post(path, { ...target, key, value })))
      kept.push({ key, value })
  }
  return kept
}
