import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { RegistryError, type TagRecord } from 'modelgate/adapter'
import type {
  ConformanceFixture,
  FixtureModel,
  FixtureVersion,
  NotStored,
  SeededFixture,
} from 'modelgate/conformance'
import { toProperties } from '../src/properties.ts'
import { assertDescription, isModelName, naming } from '../src/rules.ts'
import { toStage } from '../src/stages.ts'
import { toTagValue } from '../src/tag-values.ts'
import { toAliasKey, toAwsTags } from '../src/tags.ts'

const stageOf: Readonly<Record<string, 'Approved' | 'Rejected'>> = {
  Production: 'Approved',
  Archived: 'Rejected',
}

const mostVersions = 12

/** Loads the fixture by the SDK; what SageMaker refuses is not sent, as moto would take it. */
export async function seed(sdk: SageMakerClient, fixture: ConformanceFixture): Promise<SeededFixture> {
  const notStored: NotStored[] = [
    { what: 'runs', reason: 'they are kept by other services of AWS' },
    { what: 'times, creators and statuses', reason: 'SageMaker sets its own' },
    { what: 'archived models and versions', reason: 'SageMaker archives nothing' },
  ]
  const say = (what: string, reason: string) => notStored.push({ what, reason })
  const models: FixtureModel[] = []
  const folded = new Set<string>()
  for (const model of fixture.models) {
    const what = `the model ${JSON.stringify(model.name)}`
    if (!isModelName(model.name)) say(what, `a name must be ${naming.modelName?.words}`)
    else if (folded.has(model.name.toLowerCase()))
      say(what, 'there is one whose name differs in case, and ARNs do not')
    else models.push(await seedModel(sdk, model, say))
    folded.add(model.name.toLowerCase())
  }
  return { stored: { prefix: fixture.prefix, models, runs: [] }, notStored }
}

type Say = (what: string, reason: string) => void

async function seedModel(sdk: SageMakerClient, model: FixtureModel, say: Say): Promise<FixtureModel> {
  const description = storable(() => assertDescription(model.description)) ? model.description : null
  const tags = storableTags(model.tags, model.name, say)
  const aliases = model.aliases.filter(({ name }) => new RegExp(naming.alias?.pattern ?? '', 'u').test(name))
  await sdk.send(
    new CreateModelPackageGroupCommand({
      ModelPackageGroupName: model.name,
      ...(description !== null && { ModelPackageGroupDescription: description }),
      Tags: [
        ...toAwsTags(tags),
        ...aliases.map(({ name, version }) => ({ Key: toAliasKey(name), Value: version })),
      ],
    }),
  )
  const versions: FixtureVersion[] = []
  const kept = model.versions.slice(0, mostVersions)
  if (kept.length < model.versions.length)
    say(`${model.versions.length - kept.length} versions of ${model.name}`, 'moto takes 5 ms for a request')
  for (const version of kept) versions.push(await seedVersion(sdk, model.name, version, say))
  const { createdAt: _, updatedAt: __, ...rest } = model
  return { ...rest, description, tags, aliases, archived: false, versions }
}

async function seedVersion(
  sdk: SageMakerClient,
  model: string,
  version: FixtureVersion,
  say: Say,
): Promise<FixtureVersion> {
  const { source, runId } = version
  const isStorable = storable(() => assertDescription(version.description))
  if (!isStorable)
    say(`the description of version ${version.version} of ${model}`, 'it has line breaks, or is too long')
  const description = isStorable ? version.description : null
  const tags = storableTags(version.tags, `${model} ${version.version}`, say)
  const stage = toStage(stageOf[version.stage ?? ''])
  const isCopy = source?.startsWith('models:/') === true
  const properties = toProperties(tags, isCopy ? { source, files: 's3://bucket/models/of-a-copy' } : {})
  await sdk.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: model,
      ModelApprovalStatus: stage,
      ...(description !== null && { ModelPackageDescription: description }),
      ...(Object.keys(properties).length > 0 && { CustomerMetadataProperties: properties }),
      ...(runId !== null && { MetadataProperties: { GeneratedBy: runId } }),
      ...(source !== null &&
        !isCopy && { InferenceSpecification: { Containers: [{ ModelDataUrl: source }] } }),
    }),
  )
  const { createdAt: _, updatedAt: __, ...rest } = version
  const own = {
    archived: false,
    status: 'READY',
    statusMessage: null,
    createdBy: 'fake-user-profile-name',
  } as const
  return { ...rest, ...own, description, tags, stage }
}

function storableTags(tags: readonly TagRecord[], of: string, say: Say): TagRecord[] {
  const key = new RegExp(naming.tagKey?.pattern ?? '', 'u')
  return tags.filter((tag) => {
    const isStorable = key.test(tag.key) && storable(() => toTagValue(tag.value))
    if (!isStorable)
      say(`the tag ${JSON.stringify(tag.key)} of ${of}`, 'AWS does not take such keys, or values as long')
    return isStorable
  })
}

function storable(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (RegistryError.is(error)) return false
    throw error
  }
}
