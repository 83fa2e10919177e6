import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'

/** The record as its registry gave it, of which the catalog makes the same again. */
export function givenModel(model: FederatedModel): ModelRecord {
  const { name, description, tags, aliases, createdAt, updatedAt, archived } = model
  return { name, description, tags, aliases, createdAt, updatedAt, archived, latestVersions: null }
}

/** With the gateway's own tags, and so with its own source. */
export function givenVersion(version: FederatedVersion): ModelVersionRecord {
  const { modelName, version: number, description, tags, aliases, stage } = version.given ?? version
  const { archived, status, statusMessage, source, artifactUri, runId } = version.given ?? version
  const { digest, sizeBytes, createdAt, updatedAt, createdBy } = version.given ?? version
  return {
    modelName,
    version: number,
    description,
    tags,
    aliases,
    stage,
    archived,
    status,
    statusMessage,
    source,
    artifactUri,
    runId,
    digest,
    sizeBytes,
    createdAt,
    updatedAt,
    createdBy,
  }
}
