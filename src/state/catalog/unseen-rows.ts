import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'

const nothing = { description: null, tags: [], createdAt: null, updatedAt: null, archived: false }

/**
 * What is there by what a write has done, and could not be read back: with nothing about it, until somebody looks at it.
 * So it is told once that it was made; and where it is gone again, whoever has deleted it finds it, or the next look does.
 */
export function unseenModel(name: string): ModelRecord {
  return { ...nothing, name, aliases: [], latestVersions: null }
}

/** Likewise of a version. */
export function unseenVersion(modelName: string, version: string): ModelVersionRecord {
  return {
    ...nothing,
    modelName,
    version,
    aliases: null,
    stage: null,
    status: 'UNKNOWN',
    statusMessage: null,
    source: null,
    artifactUri: null,
    runId: null,
    digest: null,
    sizeBytes: null,
    createdBy: null,
  }
}
