import type {
  AliasRecord,
  ModelRecord,
  ModelVersionRecord,
  TagRecord,
  VersionStatus,
} from '../../../contract/index.ts'
import { archivedStage } from '../stages-config.ts'
import { readOptionalText, readShownObject, readShownText, readTime, type Tags } from '../wire/wire.ts'
import { aliasesOf, isAliasTag, readAliases } from './alias-tags.ts'
import type { Asset } from './asset.ts'
import { jobOf } from './model-uri.ts'
import type { StageTags } from './stage-tags.ts'

/** The property that keeps a version's source as it was given; Azure rewrites URIs, and has none for copies. */
export const sourceProperty = 'modelgate.source'

export function toModelRecord({ name, properties, tags, systemData }: Asset): ModelRecord {
  return {
    name,
    description: readShownText(properties, 'description'),
    tags: toTagRecords(tags, isAliasTag),
    aliases: readAliases(tags),
    createdAt: readTime(systemData, 'createdAt'),
    updatedAt: readTime(systemData, 'lastModifiedAt'),
    archived: properties.isArchived === true,
    latestVersions: null,
  }
}

/** `aliases`: those of the model, where they are known. */
export function toVersionRecord(
  modelName: string,
  { name: version, properties, tags, systemData }: Asset,
  aliases: readonly AliasRecord[] | null,
  stages: StageTags,
): ModelVersionRecord {
  const stage = stages.read(tags, readOptionalText(properties, 'stage'))
  const modelUri = readOptionalText(properties, 'modelUri')
  return {
    modelName,
    version,
    description: readShownText(properties, 'description'),
    tags: toTagRecords(tags, stages.isOwn),
    aliases: aliases && aliasesOf(aliases, version),
    stage,
    archived: properties.isArchived === true || stage === archivedStage,
    status: toStatus(properties.provisioningState || null),
    statusMessage: null,
    source: readOptionalText(readShownObject(properties, 'properties'), sourceProperty) ?? modelUri,
    artifactUri: modelUri,
    runId: readShownText(properties, 'jobName') ?? jobOf(modelUri),
    digest: null,
    sizeBytes: null,
    createdAt: readTime(systemData, 'createdAt'),
    updatedAt: readTime(systemData, 'lastModifiedAt'),
    createdBy: readShownText(systemData, 'createdBy'),
  }
}

function toTagRecords(tags: Tags, isHidden: (key: string) => boolean): TagRecord[] {
  return Object.entries(tags).flatMap(([key, value]) => (isHidden(key) ? [] : [{ key, value: value ?? '' }]))
}

function toStatus(state: unknown): VersionStatus {
  switch (state) {
    case 'Succeeded':
    case null:
      return 'READY'
    case 'Creating':
    case 'Updating':
      return 'PENDING'
    case 'Failed':
    case 'Canceled':
      return 'FAILED'
    default:
      return 'UNKNOWN'
  }
}
