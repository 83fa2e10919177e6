import { createLocalStore } from '../../../src/adapters/local/store/local-store.ts'
import type {
  ConformanceFixture,
  FixtureModel,
  FixtureVersion,
  NotStored,
  SeededFixture,
} from '../../../src/conformance/index.ts'
import { RegistryError, type TagRecord } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'

/** Writes a fixture of the conformance kit; what the store refuses is left out and said. */
export async function seedFixture(
  database: GatewayDatabase,
  registry: string,
  fixture: ConformanceFixture,
): Promise<SeededFixture> {
  let now = 0
  const store = createLocalStore(database, registry, { now: () => now })
  const notStored: NotStored[] = []
  const stored = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work()
      return true
    } catch (error) {
      if (!RegistryError.is(error) || error.code !== 'BAD_USER_INPUT') throw error
      notStored.push({ what, reason: error.message })
      return false
    }
  }
  const filter = async <T>(
    items: readonly T[],
    what: (item: T) => string,
    work: (item: T) => Promise<unknown>,
  ) => {
    const kept: T[] = []
    for (const item of items) if (await stored(what(item), () => work(item))) kept.push(item)
    return kept
  }
  const filterTags = (tags: readonly TagRecord[], work: (tag: TagRecord) => Promise<unknown>) =>
    filter(tags, ({ key, value }) => `the tag ${key}: ${value.slice(0, 20)}`, work)

  const seedVersion = async (model: string, version: FixtureVersion): Promise<FixtureVersion> => {
    now = version.createdAt?.getTime() ?? 0
    const { tags, stage, archived, createdAt, updatedAt, version: number, description, ...rest } = version
    const key = { model, version: await store.versions.create({ model, ...rest }) }
    const ownTags = await filterTags(tags, (tag) => store.versions.setTags(key, [tag]))
    const described =
      description !== null && (await stored('a description', () => store.versions.describe(key, description)))
    if (stage !== null) await store.stages.transition(key, { stage })
    return {
      ...rest,
      version: key.version,
      tags: ownTags,
      stage,
      archived,
      description: described ? description : null,
    }
  }

  const seedModel = async (model: FixtureModel): Promise<FixtureModel> => {
    const { name, description } = model
    const tags = await filterTags(model.tags, (tag) => store.models.setTags(name, [tag]))
    const versions: FixtureVersion[] = []
    for (const version of model.versions) versions.push(await seedVersion(name, version))
    const aliases = await filter(
      model.aliases,
      (alias) => `the alias ${alias.name}`,
      (alias) => store.aliases.set({ model: name, alias: alias.name }, alias.version),
    )
    return { name, description, tags, versions, aliases, archived: false }
  }

  const runs = await filter(
    fixture.runs,
    (run) => `the run ${run.runId}`,
    (run) => store.runs.log(run),
  )
  const created = await filter(
    fixture.models,
    (model) => `the model ${model.name}`,
    (model) => {
      now = model.createdAt?.getTime() ?? 0
      return store.models.create({ name: model.name, description: model.description })
    },
  )
  const measured = created.toSorted((a, b) => Number(isCopy(a)) - Number(isCopy(b)))
  const models: FixtureModel[] = []
  for (const model of measured) models.push(await seedModel(model))
  const copies = models.map((model) => withOwnRuns(model, models))
  return { stored: { prefix: fixture.prefix, models: copies, runs }, notStored }
}

function isCopy(model: FixtureModel): boolean {
  return model.versions.some(({ source }) => source?.startsWith('models:'))
}

/** A copy has the run of the version it was made of. */
function withOwnRuns(model: FixtureModel, models: readonly FixtureModel[]): FixtureModel {
  const runOf = (version: FixtureVersion): string | null => {
    const [, name, number] = /^models:\/(.*)\/(\d+)$/.exec(version.source ?? '') ?? []
    const source = models
      .find((other) => other.name === name)
      ?.versions.find((other) => other.version === number)
    return version.runId ?? (source === undefined ? null : runOf(source))
  }
  return { ...model, versions: model.versions.map((version) => ({ ...version, runId: runOf(version) })) }
}
