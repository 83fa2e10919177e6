import { type Call, type Probe, RegistryError } from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import { toJobUri } from '../reads/model-uri.ts'
import type { AzureRegistry } from '../registry.ts'
import { placePath, versionsPath } from '../wire/place.ts'
import { readOptionalText, readText } from '../wire/wire.ts'
import { measureLag } from './list-lag.ts'
import { describeHiding, listRows } from './list-rows.ts'
import type { OwnModel } from './own-model.ts'
import { orRefusal } from './refusal.ts'
import { filesOf } from './tag-probes.ts'

/** They run in this order: the last of them archives the model. */
export function versionProbes(registry: AzureRegistry, own: OwnModel): readonly Probe[] {
  /** None of it can be tried where Azure looks for files first, as there are none. */
  const probe = (title: string, run: (version: Asset, call: Call) => Promise<string>): Probe => ({
    title,
    writes: true,
    run: async (call) => {
      const version = await own.version(call)
      return RegistryError.is(version)
        ? `not tried: Azure takes no version without files (${version.message})`
        : run(version, call)
    },
  })
  const { client, place } = registry
  return [
    probe('write a version without its stage', (version, call) => leaveStageOut(own, version, call)),
    probe('change where the files of a version are', (version, call) => moveFiles(own, version, call)),
    probe("make a version of another one's files", (version, call) => shareFiles(own, version, call)),
    probe('delete the highest version', (_, call) => deleteHighest(registry, own, call)),
    ...(place.kind === 'workspaces'
      ? [probe("make a version of a job's output", (_, call) => takeOutput(registry, own, call))]
      : []),
    probe('wait until a list shows what was written', (_, call) => measureLag(client, own, call)),
    probe('archive a model that has versions', async (_, call) => {
      await own.putModel({ isArchived: true }, call)
      return `right afterwards ${await describeHiding(client, own.versions, call)}`
    }),
  ]
}

async function leaveStageOut(own: OwnModel, version: Asset, call: Call): Promise<string> {
  const path = own.versionPath(version.name)
  const stageOf = ({ properties }: Asset) => readOptionalText(properties, 'stage')
  const staged = await orRefusal(own.put(path, { ...filesOf(version), stage: 'Development' }, call))
  if (RegistryError.is(staged)) return `not tried: Azure does not take a stage (${staged.message})`
  if (stageOf(staged) !== 'Development') return 'not tried: this api-version has no stage'
  const stage = stageOf(await own.put(path, filesOf(version), call))
  return `it ${stage === null ? 'is cleared' : `stays ${stage}`}; the adapter always sends it back`
}

async function moveFiles(own: OwnModel, version: Asset, call: Call): Promise<string> {
  const files = filesOf(version)
  const elsewhere = `${readText(version.properties, 'modelUri')}/elsewhere`
  const moved = await orRefusal(
    own.put(own.versionPath(version.name), { ...files, modelUri: elsewhere }, call),
  )
  if (!RegistryError.is(moved)) {
    const isMoved = moved.properties.modelUri !== files.modelUri
    return isMoved ? 'taken: the adapter sends it back as it was' : 'taken, and without effect'
  }
  return /paths cannot be updated/i.test(moved.message)
    ? 'refused, in the words by which the adapter knows that somebody else has made the same version'
    : `refused, in other words than the adapter knows, so two who make a version at once may get this: ${moved.code}: ${moved.message}`
}

async function shareFiles(own: OwnModel, version: Asset, call: Call): Promise<string> {
  const { modelUri } = version.properties
  const copy = await orRefusal(own.makeVersion({ modelUri }, call))
  if (RegistryError.is(copy)) {
    throw new RegistryError('UNSUPPORTED', `Copies within this registry do not work: ${copy.message}`)
  }
  const isSame = copy.properties.modelUri === modelUri
  return `taken: copies refer to the same files${isSame ? '' : `, which are then called ${copy.properties.modelUri}`}`
}

async function deleteHighest({ assets }: AzureRegistry, own: OwnModel, call: Call): Promise<string> {
  const { name } = await own.makeVersion({}, call)
  await own.deleteVersion(name, call)
  const container = await assets.get(own.path, call)
  const next = container && readOptionalText(container.properties, 'nextVersion')
  const meaning =
    next === name ? 'it would be given again; the adapter sees to it that it is not' : 'it is not given again'
  return `after version ${name} was deleted nextVersion is ${next}: ${meaning}`
}

/** Where the job has nothing, so that nothing of it can go with the version when it is deleted. */
async function takeOutput(registry: AzureRegistry, own: OwnModel, call: Call): Promise<string> {
  const job = await findJob(registry, call)
  if (job === null) return 'not tried: no version of the first models names a job'
  const modelUri = toJobUri(job, own.name)
  const made = await orRefusal(own.makeVersion({ modelUri, jobName: job }, call))
  if (RegistryError.is(made))
    return `refused, for how it is named or because nothing is there: ${made.message}`
  return `taken as ${modelUri}, and reads back ${made.properties.modelUri === modelUri ? 'the same' : `as ${made.properties.modelUri}`}`
}

const modelsToLookAt = 5

async function findJob({ client, place }: AzureRegistry, call: Call): Promise<string | null> {
  const { rows: models } = await listRows(client, `${placePath(place)}/models`, {}, call)
  for (const { name } of models.slice(0, modelsToLookAt)) {
    const { rows } = await listRows(client, versionsPath(place, name), {}, call)
    const jobs = rows.map(({ properties }) => readOptionalText(properties, 'jobName'))
    const job = jobs.find((each) => each !== null)
    if (job !== undefined) return job
  }
  return null
}
