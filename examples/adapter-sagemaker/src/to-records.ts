import type { InferenceSpecification, ModelPackageStatus, UserContext } from '@aws-sdk/client-sagemaker'
import type { ModelRecord, ModelVersionRecord, VersionStatus } from 'modelgate/adapter'
import type { Group } from './groups.ts'
import type { Package } from './packages.ts'
import { hiddenOf, tagsOf } from './properties.ts'
import { toStage } from './stages.ts'
import type { GroupTags } from './tags.ts'

export function toModelRecord(group: Group, { tags, aliases }: GroupTags): ModelRecord {
  return {
    name: group.ModelPackageGroupName ?? '',
    description: group.ModelPackageGroupDescription || null,
    tags,
    aliases,
    createdAt: group.CreationTime ?? null,
    updatedAt: null,
    archived: false,
    latestVersions: null,
  }
}

export function toVersionRecord(found: Package): ModelVersionRecord {
  const files = filesOf(found)
  return {
    modelName: found.ModelPackageGroupName ?? '',
    version: String(found.ModelPackageVersion),
    description: found.ModelPackageDescription || null,
    tags: tagsOf(found.CustomerMetadataProperties),
    // They are on the group, and the gateway has them from there when it needs them.
    aliases: null,
    stage: toStage(found.ModelApprovalStatus),
    archived: false,
    status: statuses[found.ModelPackageStatus ?? 'Deleting'],
    statusMessage: failureOf(found),
    source: hiddenOf(found.CustomerMetadataProperties).source ?? files,
    artifactUri: files,
    runId: found.MetadataProperties?.GeneratedBy || null,
    digest: null,
    sizeBytes: null,
    createdAt: found.CreationTime ?? null,
    updatedAt: found.LastModifiedTime ?? found.CreationTime ?? null,
    createdBy: creatorOf(found.CreatedBy),
  }
}

const statuses: Readonly<Record<ModelPackageStatus, VersionStatus>> = {
  Pending: 'PENDING',
  InProgress: 'PENDING',
  Completed: 'READY',
  Failed: 'FAILED',
  Deleting: 'UNKNOWN',
}

/** Where the files of a version are. */
export function filesOf(found: Package): string | null {
  return placeOf(found.InferenceSpecification) ?? hiddenOf(found.CustomerMetadataProperties).files
}

/** Of the first container; the others of a pipeline have places of their own. */
function placeOf(specification: InferenceSpecification | undefined): string | null {
  const [container] = specification?.Containers ?? []
  return container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri ?? null
}

function failureOf({ ModelPackageStatusDetails: details }: Package): string | null {
  const all = [...(details?.ValidationStatuses ?? []), ...(details?.ImageScanStatuses ?? [])]
  return all.find(({ FailureReason }) => FailureReason)?.FailureReason ?? null
}

function creatorOf(creator: UserContext | undefined): string | null {
  return creator?.UserProfileName ?? creator?.IamIdentity?.Arn ?? null
}
