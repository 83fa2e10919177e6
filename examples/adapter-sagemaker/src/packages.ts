import {
  type DescribeModelPackageOutput,
  ModelApprovalStatus,
  type ModelPackageSummary,
} from '@aws-sdk/client-sagemaker'
import {
  beforeFirstWrite,
  type Call,
  RegistryError,
  type VersionKey,
  type VersionOrderFields,
} from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull, required } from './errors.ts'
import { everyPage } from './every-page.ts'
import { isModelName } from './rules.ts'

/** A version as lists give it: without its properties, its files and its time of change. */
export interface PackageSummary extends VersionOrderFields {
  readonly arn: string
  readonly stage: ModelApprovalStatus
}

export type Package = DescribeModelPackageOutput

/** Of one group, or of all. What stands outside of groups is no version. */
export async function listPackages(
  client: Client,
  model: string | null,
  call: Call,
): Promise<PackageSummary[]> {
  if (model !== null && !isModelName(model)) return []
  const which = model === null ? { ModelPackageType: 'Versioned' as const } : { ModelPackageGroupName: model }
  const packages = everyPage(
    (token) =>
      client.ask(call, (api, options) =>
        api.listModelPackages({ MaxResults: 100, ...which, ...token }, options),
      ),
    (page) => required(page.ModelPackageSummaryList).flatMap(toSummaries),
  )
  const found = (await orNull(packages)) ?? []
  // Names may be looked up without regard to case.
  return found.filter(({ modelName }) => model === null || modelName === model)
}

/** None, when it is being deleted. */
function toSummaries(given: ModelPackageSummary): PackageSummary[] {
  const {
    ModelPackageGroupName: modelName,
    ModelPackageVersion: version,
    CreationTime: createdAt = null,
  } = given
  if (modelName === undefined || given.ModelPackageStatus === 'Deleting') return []
  const arn = required(given.ModelPackageArn)
  const stage = toStage(given.ModelApprovalStatus)
  return [{ modelName, version: String(required(version)), arn, stage, createdAt, updatedAt: null }]
}

/** A version that nobody has decided on is waiting for it, also when it was made without a status. */
export function toStage(
  status: ModelApprovalStatus = ModelApprovalStatus.PENDING_MANUAL_APPROVAL,
): ModelApprovalStatus {
  return status
}

/** SageMaker finds a package by its ARN only. `null` when it was deleted in between. */
export function describePackage(
  client: Client,
  { arn }: PackageSummary,
  call: Call,
): Promise<Package | null> {
  return orNull(
    client.ask(call, (api, options) => api.describeModelPackage({ ModelPackageName: arn }, options)),
  )
}

/** @throws RegistryError NOT_FOUND */
export async function requirePackage(
  client: Client,
  { model, version }: VersionKey,
  call: Call,
): Promise<PackageSummary> {
  const packages = await beforeFirstWrite(listPackages(client, model, call))
  const found = packages.find((each) => each.version === version)
  if (found !== undefined) return found
  throw new RegistryError('NOT_FOUND', `The model ${JSON.stringify(model)} has no version ${version}.`)
}

export async function deletePackage(client: Client, arn: string, call: Call): Promise<void> {
  await client.ask(call, (api, options) => api.deleteModelPackage({ ModelPackageName: arn }, options))
}
