import { featuresOf, type WireFeatures } from './api-version.ts'
import type { ContainerRecord, SystemDataRecord, VersionRecord } from './asset-records.ts'
import type { ScopedCall } from './azure-call.ts'
import { formatAzureTime } from './azure-clock.ts'
import { provider, scopeId } from './resource-scope.ts'

/** Envelopes in the order of keys and with the nulls of the service. */
export const toContainerWire = (record: ContainerRecord, call: ScopedCall): object => {
  const { hasStage } = featuresOf(call.apiVersion)
  const { description, tags, properties, isArchived, name } = record
  return {
    ...envelope(call, name, undefined),
    properties: {
      description,
      tags,
      properties,
      isArchived,
      ...call.models.numbersOf(name),
      ...(hasStage ? { provisioningState: record.provisioningState } : {}),
    },
    systemData: toSystemData(record.systemData),
  }
}

export const toVersionWire = (record: VersionRecord, call: ScopedCall): object => ({
  ...envelope(call, record.model, record.version),
  properties: versionProperties(record, featuresOf(call.apiVersion), call),
  systemData: toSystemData(record.systemData),
})

const versionProperties = (record: VersionRecord, features: WireFeatures, { plane }: ScopedCall): object => ({
  description: record.description,
  tags: record.tags,
  properties: record.properties,
  isArchived: record.isArchived,
  isAnonymous: record.isAnonymous,
  ...(features.hasPreviewFields ? { autoDeleteSetting: null } : {}),
  flavors: record.flavors,
  modelType: record.modelType,
  modelUri: record.modelUri,
  ...(plane === 'data' ? { originAssetId: record.originAssetId } : {}),
  jobName: record.jobName,
  ...(features.hasStage ? { provisioningState: record.provisioningState, stage: record.stage } : {}),
  ...(features.hasPreviewFields ? { intellectualProperty: null } : {}),
})

const envelope = ({ scope, plane }: ScopedCall, model: string, version: string | undefined): object => {
  const end = `models/${model}${version === undefined ? '' : `/versions/${version}`}`
  if (plane === 'data')
    return { id: `azureml://registries/${scope.name}/${end}`, name: model, type: 'models' }
  return {
    id: `${scopeId(scope)}/${end}`,
    name: version ?? model,
    type: `${provider}/${scope.kind}/models${version === undefined ? '' : '/versions'}`,
  }
}

export const toSystemData = ({ createdAt, createdBy, lastModifiedAt, lastModifiedBy }: SystemDataRecord) => ({
  createdAt: formatAzureTime(createdAt),
  createdBy: createdBy.name,
  createdByType: createdBy.type,
  lastModifiedAt: formatAzureTime(lastModifiedAt),
  lastModifiedBy: lastModifiedBy.name,
  lastModifiedByType: lastModifiedBy.type,
})
