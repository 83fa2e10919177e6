import type { ModelVersionRecord, Outcome } from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'
import type { FixtureModel, FixtureVersion } from '../fixture/fixture.ts'
import type { Seeding } from './seeding.ts'

/** The models with what no write sets as the backend has it. */
export async function takeOver(
  { adapter, call }: Seeding,
  models: readonly FixtureModel[],
): Promise<FixtureModel[]> {
  const names = models.map(({ name }) => name)
  const keys = models.flatMap(({ name, versions }) =>
    versions.map(({ version }) => ({ model: name, version })),
  )
  const rows = await adapter.models.get(names, call())
  const versionRows = (await adapter.versions.get(keys, call())).values()
  return models.map((model, index) => ({
    ...model,
    archived: rowOf(rows[index])?.archived ?? false,
    versions: model.versions.map((version) => mergeVersion(version, versionRows.next().value)),
  }))
}

function mergeVersion(
  { version, description, tags, stage, source, runId }: FixtureVersion,
  outcome: Outcome<ModelVersionRecord> | undefined,
): FixtureVersion {
  const row = rowOf(outcome)
  return {
    version,
    description,
    tags,
    source,
    runId,
    stage: stage ?? row?.stage ?? null,
    archived: row?.archived ?? false,
    status: row?.status ?? 'READY',
    statusMessage: row?.statusMessage ?? null,
    createdBy: row?.createdBy ?? null,
  }
}

/** A failed look-up is for the check of that look-up to find. */
function rowOf<T>(outcome: Outcome<T> | undefined): T | null {
  return outcome === undefined || RegistryError.is(outcome) ? null : outcome
}
