import { createHash } from 'node:crypto'
import type { ModelVersionRecord, VersionPlace } from '../../contract/index.ts'

/** What the gateway reads out of a version's record, which the registry knows nothing of. */
export interface OriginOfVersion {
  /** The version that it is a copy of; `null`: it is none. */
  readonly copiedFrom: VersionPlace | null
  /** Of all its files; `null`: that is not known. */
  readonly sizeBytes: number | null
}

export type ReadOrigin = (registry: string, record: ModelVersionRecord) => OriginOfVersion

/** As short as an index takes it, however long the names are. */
export function placeKey({ registry, model, version }: VersionPlace): string {
  const names = JSON.stringify([registry, model, version])
  return createHash('sha256').update(names).digest('base64url').slice(0, 22)
}
