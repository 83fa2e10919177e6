/** @import { ModelRecord, ModelVersionRecord, VersionKey } from 'modelgate/adapter' */
/** @import { Backend } from './backend.js' */

/** @type {(backend: Backend, name: string) => ModelRecord | null} */
export function toModelRecord(backend, name) {
  const model = backend.get(name)
  if (!model) return null
  return {
    name,
    description: model.description,
    tags: [...model.tags].map(([key, value]) => ({ key, value })),
    aliases: [...model.aliases].map(([alias, version]) => ({ name: alias, version })),
    createdAt: model.createdAt,
    updatedAt: model.updatedAt,
    archived: false,
    latestVersions: null,
  }
}

/** @type {(backend: Backend, key: VersionKey) => ModelVersionRecord | null} */
export function toVersionRecord(backend, { model: modelName, version }) {
  const model = backend.get(modelName)
  const row = model?.versions.get(version)
  if (!model || !row) return null
  return {
    modelName,
    version,
    description: row.description,
    tags: [...row.tags].map(([key, value]) => ({ key, value })),
    aliases: [...model.aliases].filter(([, holder]) => holder === version).map(([alias]) => alias),
    stage: null,
    archived: false,
    status: 'READY',
    statusMessage: null,
    source: row.source,
    artifactUri: row.place,
    runId: row.runId,
    digest: null,
    sizeBytes: null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    createdBy: null,
  }
}

/**
 * All of a model, the highest first.
 *
 * @type {(backend: Backend, model: string) => ModelVersionRecord[] | null}
 */
export function toVersionRecords(backend, model) {
  const versions = backend.get(model)?.versions
  if (!versions) return null
  return [...versions.keys()]
    .reverse()
    .flatMap((version) => toVersionRecord(backend, { model, version }) ?? [])
}
