import type { CreateModelPackageInput } from '@aws-sdk/client-sagemaker'
import { beforeFirstWrite, type Call, type NewVersion } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { describePackage, requirePackage } from './packages.ts'
import { type HiddenProperties, hiddenOf } from './properties.ts'

/** What SageMaker is told of where a new version comes from. */
interface VersionSource
  extends Pick<CreateModelPackageInput, 'InferenceSpecification' | 'MetadataProperties'> {
  readonly hidden: HiddenProperties
}

/** A copy within the registry has the files and the run of its original, and keeps the original's URI. */
export async function toVersionSource(
  client: Client,
  { source, runId }: Pick<NewVersion, 'source' | 'runId'>,
  image: string | undefined,
  call: Call,
): Promise<VersionSource> {
  const [, model, version] = /^models:\/([^/]+)\/([^/]+)$/.exec(source) ?? []
  const MetadataProperties = runId === null ? undefined : { GeneratedBy: runId }
  if (model === undefined || version === undefined) {
    if (!/^(s3|https):\/\//.test(source)) return { MetadataProperties, hidden: { files: source } }
    const Containers = [{ ModelDataUrl: source, Image: image }]
    return { InferenceSpecification: { Containers }, MetadataProperties, hidden: {} }
  }
  const summary = await requirePackage(client, { model, version }, call)
  const original = await beforeFirstWrite(describePackage(client, summary, call))
  return {
    InferenceSpecification: original?.InferenceSpecification,
    MetadataProperties: MetadataProperties ?? original?.MetadataProperties,
    hidden: { source, files: hiddenOf(original?.CustomerMetadataProperties).files },
  }
}
