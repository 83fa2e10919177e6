import type { TagRecord, VersionKey } from '../../contract/index.ts'
import { quote } from '../expectations/expectations.ts'
import type { FixtureVersion } from '../fixture/fixture.ts'
import { legalDescription } from './legal-description.ts'
import { allows, type Seeding, type StoredModel, type StoredVersion, tryWrite } from './seeding.ts'
import { storeTags } from './store-tags.ts'

const fixtureStages = ['None', 'Staging', 'Production', 'Archived']

/** @param known the models whose versions this one may be a copy of. */
export async function storeVersion(
  seeding: Seeding,
  model: string,
  fixture: FixtureVersion,
  known: readonly StoredModel[],
): Promise<StoredVersion[]> {
  const { writes, call } = seeding
  const made = await createVersion(seeding, model, fixture, known)
  if (made === undefined) return []
  const key = { model, version: made.version }
  const what = `the version ${quote([model, key.version])}`
  const description = made.description ?? (await storeDescription(seeding, key, fixture))
  const { setTags } = writes.versions
  const set = setTags && ((some: readonly TagRecord[]) => setTags.call(writes.versions, key, some, call()))
  const tags = await storeTags(seeding, what, fixture.tags, set)
  const stage = await storeStage(seeding, key, fixture)
  const own = { ...fixture, ...made, tags, stage, description }
  return [{ fixtureVersion: fixture.version, version: own }]
}

async function storeDescription(
  seeding: Seeding,
  key: VersionKey,
  fixture: FixtureVersion,
): Promise<string | null> {
  const { versions } = seeding.writes
  const what = `the version ${quote([key.model, key.version])}`
  if (versions.describe === undefined) return null
  const description = legalDescription(seeding, what, fixture.description)
  if (description === null) return null
  const write = async () => versions.describe?.(key, description, seeding.call())
  return (await tryWrite(seeding, `the description of ${what}`, write)) ? description : null
}

type Made = Pick<FixtureVersion, 'version' | 'source' | 'runId' | 'description'>

/** A run that is not there may be refused; the version is then made without. */
async function createVersion(
  seeding: Seeding,
  model: string,
  { version, source: wanted, runId, description: wantedText }: FixtureVersion,
  known: readonly StoredModel[],
): Promise<Made | undefined> {
  const { writes, call, toSource } = seeding
  const original = findOriginal(wanted, known)
  const source = original?.source ?? toSource(wanted ?? '')
  const what = `the version ${quote([model, version])} from ${quote(source)}`
  if (!allows(seeding, what, seeding.description.naming.source ?? null, source)) return undefined
  const description = writes.versions.describe ? null : legalDescription(seeding, what, wantedText)
  const plain = { model, description, tags: [], idempotencyKey: null }
  const create = (by: Seeding, ownRun: string | null) =>
    tryWrite(by, what, () => writes.versions.create({ ...plain, source, runId: ownRun }, call()))
  if (original !== null) {
    const made = await create(seeding, null)
    return made && { version: made.answer, source, runId: original.runId, description }
  }
  const withRun = runId === null ? undefined : await create({ ...seeding, notStored: [] }, runId)
  if (withRun) return { version: withRun.answer, source, runId, description }
  const made = await create(seeding, null)
  return made && { version: made.answer, source, runId: null, description }
}

/** The fixture counts from 1; the backend need not. */
function findOriginal(source: string | null, known: readonly StoredModel[]) {
  const [, name, number] = /^models:\/(.+)\/([^/]+)$/s.exec(source ?? '') ?? []
  const versions = known.find(({ model }) => model.name === name)?.versions
  const original = versions?.find(({ fixtureVersion }) => fixtureVersion === number)?.version
  return original === undefined
    ? null
    : { source: `models:/${name}/${original.version}`, runId: original.runId }
}

/** The backend's stage of that name, or else of that place among its stages. `null`: the one it began with. */
async function storeStage(
  seeding: Seeding,
  key: { readonly model: string; readonly version: string },
  { stage: wanted }: FixtureVersion,
): Promise<string | null> {
  const { writes, call, description } = seeding
  const { stages } = writes
  if (stages === undefined || wanted === null || wanted === 'None') return null
  const stage =
    description.stages.find((one) => one === wanted) ?? description.stages[fixtureStages.indexOf(wanted)]
  if (stage === undefined) return null
  const transition = { stage, archiveExisting: false, expected: undefined }
  const what = `the stage ${stage} of the version ${quote([key.model, key.version])}`
  return (await tryWrite(seeding, what, () => stages.transition(key, transition, call()))) ? stage : null
}
