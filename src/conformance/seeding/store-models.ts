import { type Adapter, type AliasRecord, RegistryError, type TagRecord } from '../../contract/index.ts'
import { createCall } from '../bench/create-call.ts'
import { quote } from '../expectations/expectations.ts'
import type { FixtureModel } from '../fixture/fixture.ts'
import { legalDescription } from './legal-description.ts'
import { allows, eachOf, type Seeding, type StoredModel, type StoredVersion, tryWrite } from './seeding.ts'
import { storeTags } from './store-tags.ts'
import { storeVersion } from './store-versions.ts'

/** Copies come last, as what they are made from has to be there. */
export async function storeModels(
  seeding: Seeding,
  models: readonly FixtureModel[],
): Promise<FixtureModel[]> {
  const originals = await eachOf(
    models.filter((model) => !isCopied(model)),
    (model) => storeModel(seeding, model, []),
  )
  const known = originals.flat()
  const copies = await eachOf(models.filter(isCopied), (model) => storeModel(seeding, model, known))
  return [...known, ...copies.flat()].map(({ model }) => model)
}

function isCopied({ versions }: FixtureModel): boolean {
  return versions.some(({ source }) => source?.startsWith('models:/'))
}

async function storeModel(
  seeding: Seeding,
  model: FixtureModel,
  known: readonly StoredModel[],
): Promise<StoredModel[]> {
  const {
    writes,
    call,
    description: { naming },
  } = seeding
  const { name } = model
  const what = `the model ${quote(name)}`
  if (!allows(seeding, what, naming.modelName, name)) return []
  const atCreation = writes.models.describe ? null : legalDescription(seeding, what, model.description)
  const plain = { name, description: atCreation, tags: [], idempotencyKey: null }
  if (!(await tryWrite(seeding, what, () => writes.models.create(plain, call())))) return []
  const description = atCreation ?? (await storeDescription(seeding, model))
  const { setTags } = writes.models
  const set = setTags && ((some: readonly TagRecord[]) => setTags.call(writes.models, name, some, call()))
  const tags = await storeTags(seeding, what, model.tags, set)
  const versions: StoredVersion[] = []
  for (const version of model.versions) {
    const own = { model, versions }
    versions.push(...(await storeVersion(seeding, name, version, [...known, own])))
  }
  const aliases = await storeAliases(seeding, model, versions)
  const stored = versions.map(({ version }) => version)
  return [{ model: { name, description, tags, aliases, archived: false, versions: stored }, versions }]
}

async function storeDescription(
  seeding: Seeding,
  { name, description: wanted }: FixtureModel,
): Promise<string | null> {
  const { models } = seeding.writes
  const what = `the model ${quote(name)}`
  if (models.describe === undefined) return null
  const description = legalDescription(seeding, what, wanted)
  if (description === null) return null
  const write = async () => models.describe?.(name, description, seeding.call())
  return (await tryWrite(seeding, `the description of ${what}`, write)) ? description : null
}

async function storeAliases(
  seeding: Seeding,
  { name: model, aliases }: FixtureModel,
  versions: readonly StoredVersion[],
): Promise<AliasRecord[]> {
  const {
    writes,
    call,
    description: { naming },
  } = seeding
  const { aliases: moves } = writes
  if (moves === undefined) return []
  const stored: AliasRecord[] = []
  for (const { name, version } of aliases) {
    const holder = versions.find(({ fixtureVersion }) => fixtureVersion === version)?.version.version
    const what = `the alias ${quote(name)} of the model ${quote(model)}`
    if (holder === undefined || !allows(seeding, what, naming.alias, name)) continue
    const set = () => moves.set({ model, alias: name }, holder, undefined, call())
    if (await tryWrite(seeding, what, set)) stored.push({ name, version: holder })
  }
  return stored
}

/** @throws Error that names what is left. */
export async function removeModels({ writes }: Adapter, names: readonly string[]): Promise<void> {
  const outcomes = await eachOf(names, async (name) => {
    try {
      await writes?.models.delete?.(name, createCall(60_000))
      return []
    } catch (error) {
      if (RegistryError.is(error) && error.code === 'NOT_FOUND') return []
      return [`${quote(name)} (${error instanceof Error ? error.message : error})`]
    }
  })
  const left = outcomes.flat()
  if (left.length > 0) throw new Error(`These models could not be deleted: ${left.join(', ')}`)
}
