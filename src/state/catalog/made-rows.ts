import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'

const nothing = { description: null, tags: [], createdAt: null, updatedAt: null, archived: false }

/**
 * What a write has made and somebody has deleted again before it could be read back: with nothing about it. Whoever has
 * deleted it finds it, or the next look at it does, so that its end is told too, and once.
 */
export function madeModel(name: string): ModelRecord {
  return { ...nothing, name, aliases: [], latestVersions: null }
}

/** Likewise of a version. */
export function madeVersion(modelName: string, version: string): ModelVersionRecord {
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
