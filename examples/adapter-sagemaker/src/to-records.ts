import type { ModelPackageStatus } from '@aws-sdk/client-sagemaker'
import type { ModelVersionRecord, VersionStatus } from 'modelgate/adapter'
import { required } from './errors.ts'
import { type Package, toStage } from './packages.ts'
import { hiddenOf, tagsOf } from './properties.ts'

export function toVersionRecord(found: Package): ModelVersionRecord {
  const files = filesOf(found)
  return {
    modelName: required(found.ModelPackageGroupName),
    version: String(required(found.ModelPackageVersion)),
    description: found.ModelPackageDescription || null,
    tags: tagsOf(found.CustomerMetadataProperties),
    // They are on the group, and the gateway has them from there when it needs them.
    aliases: null,
    stage: toStage(found.ModelApprovalStatus),
    archived: false,
    status: statuses[required(found.ModelPackageStatus)],
    statusMessage: failureOf(found),
    source: hiddenOf(found.CustomerMetadataProperties).source ?? files,
    artifactUri: files,
    runId: found.MetadataProperties?.GeneratedBy || null,
    digest: null,
    sizeBytes: null,
    createdAt: found.CreationTime ?? null,
    updatedAt: found.LastModifiedTime ?? found.CreationTime ?? null,
    createdBy: found.CreatedBy?.UserProfileName ?? found.CreatedBy?.IamIdentity?.Arn ?? null,
  }
}

const statuses: Readonly<Record<ModelPackageStatus, VersionStatus>> = {
  Pending: 'PENDING',
  InProgress: 'PENDING',
  Completed: 'READY',
  Failed: 'FAILED',
  Deleting: 'UNKNOWN',
}

/** Of the first container; the others of a pipeline have places of their own. */
function filesOf({ InferenceSpecification, CustomerMetadataProperties }: Package): string | null {
  const [container] = InferenceSpecification?.Containers ?? []
  const place = container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri
  return place ?? hiddenOf(CustomerMetadataProperties).files ?? null
}

function failureOf({ ModelPackageStatusDetails: details }: Package): string | null {
  const all = [...(details?.ValidationStatuses ?? []), ...(details?.ImageScanStatuses ?? [])]
  return all.find(({ FailureReason }) => FailureReason)?.FailureReason ?? null
}
