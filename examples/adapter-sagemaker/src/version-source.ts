import type { CreateModelPackageInput, InferenceSpecification } from '@aws-sdk/client-sagemaker'
import { type Call, type NewVersion, RegistryError, type VersionKey } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { requirePackage } from './packages.ts'
import { type HiddenProperties, hiddenOf } from './properties.ts'

/** What SageMaker is told of where a new version comes from. */
export interface VersionSource {
  readonly fields: Pick<CreateModelPackageInput, 'InferenceSpecification' | 'MetadataProperties'>
  readonly hidden: Partial<HiddenProperties>
}

/** A copy within the registry has the files and the run of its original, and keeps the original's URI. */
export async function toVersionSource(
  client: Client,
  { source, runId }: Pick<NewVersion, 'source' | 'runId'>,
  image: string | undefined,
  call: Call,
): Promise<VersionSource> {
  if (!source.startsWith('models:/')) {
    const isInS3 = /^(s3|https):\/\//.test(source)
    return {
      fields: { ...(isInS3 && inS3(source, image)), ...madeBy(runId) },
      hidden: isInS3 ? {} : { files: source },
    }
  }
  const original = await requirePackage(client, parseModelUri(source), call)
  const { InferenceSpecification, MetadataProperties } = original
  return {
    fields: {
      ...(InferenceSpecification && { InferenceSpecification }),
      ...madeBy(runId ?? MetadataProperties?.GeneratedBy),
    },
    hidden: { source, files: hiddenOf(original.CustomerMetadataProperties).files },
  }
}

function inS3(url: string, image: string | undefined): { InferenceSpecification: InferenceSpecification } {
  const container = { ModelDataUrl: url, ...(image !== undefined && { Image: image }) }
  return { InferenceSpecification: { Containers: [container] } }
}

/** SageMaker's own field for the job that something comes from. */
function madeBy(runId: string | null | undefined) {
  return runId ? { MetadataProperties: { GeneratedBy: runId } } : {}
}

function parseModelUri(uri: string): VersionKey {
  const [, model, version] = /^models:\/([^/]+)\/([^/]+)$/.exec(uri) ?? []
  if (model !== undefined && version !== undefined) return { model, version }
  throw new RegistryError(
    'BAD_USER_INPUT',
    'A source in this registry must be of the form models:/NAME/VERSION.',
  )
}
