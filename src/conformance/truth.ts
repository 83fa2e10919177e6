import type { Adapter, Call, ModelRecord, ModelVersionRecord, Outcome, RunRecord } from '../contract/index.ts'
import { RegistryError } from '../contract/index.ts'
import type { ConformanceFixture, FixtureModel, FixtureVersion } from './fixture.ts'
import type { VersionFacts } from './reference-filter.ts'

/** What the registry has to answer, from what was stored in it and not from the reads that are checked. */
export interface Truth {
  readonly prefix: string
  readonly models: readonly ModelRecord[]
  readonly versions: readonly VersionFacts[]
  readonly runs: ReadonlyMap<string, RunRecord>
}

/** Only times that the backend takes by itself are asked for. */
export async function loadTruth(stored: ConformanceFixture, adapter: Adapter, call: Call): Promise<Truth> {
  const runs = new Map(stored.runs.map((run) => [run.runId, run]))
  const keys = stored.models.flatMap((model) => model.versions.map((version) => ({ model, version })))
  const models = await modelTimes(stored.models, adapter, call)
  const versions = await versionTimes(keys, adapter, call)
  return {
    prefix: stored.prefix,
    runs,
    models: stored.models.map((model, index) => toModel(model, models[index])),
    versions: keys.map(({ model, version }, index) => ({
      record: toVersion(model.name, version, versions[index]),
      aliases: model.aliases.filter((alias) => alias.version === version.version).map(({ name }) => name),
      run: (version.runId === null ? null : runs.get(version.runId)) ?? null,
    })),
  }
}

export function modelNames(truth: Truth): string[] {
  return truth.models.map(({ name }) => name)
}

export function versionKeys(truth: Truth) {
  return truth.versions.map(({ record }) => ({ model: record.modelName, version: record.version }))
}

export function versionsOfModel(truth: Truth, model: string): ModelVersionRecord[] {
  return truth.versions.map(({ record }) => record).filter(({ modelName }) => modelName === model)
}

interface Times {
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
}

interface VersionOfModel {
  readonly model: FixtureModel
  readonly version: FixtureVersion
}

function needsTimes(row: Partial<Times>): boolean {
  return row.createdAt === undefined || row.updatedAt === undefined
}

async function modelTimes(models: readonly FixtureModel[], adapter: Adapter, call: Call) {
  if (!models.some(needsTimes)) return []
  return (
    await adapter.models.get(
      models.map(({ name }) => name),
      call,
    )
  ).map(toTimes)
}

async function versionTimes(keys: readonly VersionOfModel[], adapter: Adapter, call: Call) {
  if (!keys.some(({ version }) => needsTimes(version))) return []
  const asked = keys.map(({ model, version }) => ({ model: model.name, version: version.version }))
  return (await adapter.versions.get(asked, call)).map(toTimes)
}

/** A failed look-up is for the check of that look-up to find. */
function toTimes(outcome: Outcome<Times>): Times | undefined {
  return outcome === null || RegistryError.is(outcome) ? undefined : outcome
}

function toModel(model: FixtureModel, times: Times | undefined): ModelRecord {
  return {
    name: model.name,
    description: model.description,
    tags: model.tags,
    aliases: model.aliases,
    archived: model.archived,
    latestVersions: null,
    ...mergeTimes(model, times),
  }
}

function toVersion(modelName: string, version: FixtureVersion, times: Times | undefined): ModelVersionRecord {
  return {
    ...version,
    modelName,
    aliases: null,
    artifactUri: null,
    digest: null,
    sizeBytes: null,
    ...mergeTimes(version, times),
  }
}

function mergeTimes(row: Partial<Times>, times: Times | undefined): Times {
  const { createdAt = times?.createdAt ?? null, updatedAt = times?.updatedAt ?? null } = row
  return { createdAt, updatedAt }
}
