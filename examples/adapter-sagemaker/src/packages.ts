import {
  DescribeModelPackageCommand,
  type DescribeModelPackageOutput,
  ListModelPackagesCommand,
  type ModelPackageSummary,
  ModelPackageType,
} from '@aws-sdk/client-sagemaker'
import { type Call, RegistryError, type VersionKey } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { orNull, required } from './errors.ts'
import { everyPage } from './every-page.ts'
import { isModelName, isVersion } from './rules.ts'

/** A version as lists give it: without its properties and its files. */
export interface PackageSummary {
  readonly model: string
  readonly version: string
  readonly arn: string
  readonly description: string | null
  readonly createdAt: Date | null
  readonly status: ModelPackageSummary['ModelApprovalStatus']
}

export type Package = DescribeModelPackageOutput

/** Of one group, or of all; 100 to a request. What stands outside of groups is no version. */
export async function listPackages(
  client: Client,
  model: string | null,
  call: Call,
): Promise<PackageSummary[]> {
  if (model !== null && !isModelName(model)) return []
  const which =
    model === null ? { ModelPackageType: ModelPackageType.VERSIONED } : { ModelPackageGroupName: model }
  const packages = everyPage(
    (token) => {
      const command = new ListModelPackagesCommand({ MaxResults: 100, ...which, ...token })
      return client.ask(call, (sdk, options) => sdk.send(command, options))
    },
    (page) => required(page.ModelPackageSummaryList).flatMap(toSummary),
  )
  const found = (await orNull(packages)) ?? []
  return model === null ? found : found.filter((each) => each.model === model)
}

function toSummary(given: ModelPackageSummary): PackageSummary[] {
  const { ModelPackageGroupName: model, ModelPackageVersion: version, ModelPackageArn: arn } = given
  if (model === undefined || version === undefined || arn === undefined) return []
  const { CreationTime: createdAt = null, ModelApprovalStatus: status } = given
  const description = given.ModelPackageDescription || null
  return [{ model, version: String(version), arn, description, createdAt, status }]
}

export async function describePackage(client: Client, arn: string, call: Call): Promise<Package | null> {
  const command = new DescribeModelPackageCommand({ ModelPackageName: arn })
  const found = await orNull(client.ask(call, (sdk, options) => sdk.send(command, options)))
  return found && required(found.ModelPackageStatus) === 'Deleting' ? null : found
}

/**
 * The ARNs of a group's versions differ in the number at their end. The beginning is taken from one that is there,
 * as it is not said how SageMaker spells a group's name in it. `null`: the group has no versions, or is not there.
 */
export async function findArns(
  client: Client,
  model: string,
  call: Call,
): Promise<((version: string) => string) | null> {
  if (!isModelName(model)) return null
  const command = new ListModelPackagesCommand({ ModelPackageGroupName: model, MaxResults: 1 })
  const page = await orNull(client.ask(call, (sdk, options) => sdk.send(command, options)))
  const arn = page && required(page.ModelPackageSummaryList)[0]?.ModelPackageArn
  return !arn ? null : (version) => arn.replace(/[^/]+$/, version)
}

export async function getPackage(
  client: Client,
  { model, version }: VersionKey,
  call: Call,
): Promise<Package | null> {
  const toArn = isVersion(version) ? await findArns(client, model, call) : null
  return toArn && (await describeExactly(client, toArn(version), { model, version }, call))
}

/** `null` also when SageMaker finds the version of a group whose name differs in case. */
export async function describeExactly(
  client: Client,
  arn: string,
  { model, version }: VersionKey,
  call: Call,
): Promise<Package | null> {
  const found = await describePackage(client, arn, call)
  const isIt = found?.ModelPackageGroupName === model && String(found.ModelPackageVersion) === version
  return isIt ? found : null
}

/** @throws RegistryError NOT_FOUND */
export async function requirePackage(client: Client, key: VersionKey, call: Call): Promise<Package> {
  const found = await getPackage(client, key, call)
  if (found !== null) return found
  const { model, version } = key
  throw new RegistryError('NOT_FOUND', `The model ${JSON.stringify(model)} has no version ${version}.`)
}
