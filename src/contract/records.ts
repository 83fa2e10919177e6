/**
 * What adapters hand to the gateway: plain values, no methods. Times are `Date` (milliseconds), versions are
 * strings, names are never re-encoded. `null` means that the backend has none; empty texts are given as `null`.
 * Lists may come in any order: the gateway sorts tags and aliases by name.
 */

export interface TagRecord {
  readonly key: string
  readonly value: string
}

/** An alias belongs to the model and points to exactly one of its versions. */
export interface AliasRecord {
  readonly name: string
  readonly version: string
}

export interface ModelRecord {
  readonly name: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  /** Every alias of the model. A registry without aliases gives none. */
  readonly aliases: readonly AliasRecord[]
  readonly createdAt: Date | null
  /** As the backend keeps it: setting a tag or an alias need not move it. */
  readonly updatedAt: Date | null
  /** Hidden from lists unless archived ones are asked for. */
  readonly archived: boolean
  /**
   * What {@link VersionReads.latest} would answer for this model, when it came along at no extra request;
   * `null` when it did not. `[]` says that the model has no version.
   */
  readonly latestVersions: readonly ModelVersionRecord[] | null
}

/** `UNKNOWN` is for a backend's state that has no counterpart here. */
export type VersionStatus = 'PENDING' | 'READY' | 'FAILED' | 'UNKNOWN'

export interface ModelVersionRecord {
  readonly modelName: string
  /** Decimal digits where the backend numbers its versions. */
  readonly version: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  /** Of a registry whose {@link VersionWrites.keepsNotes} is true: the {@link NewVersion.notes}, each key once. */
  readonly notes?: readonly TagRecord[]
  /** `null` when this read did not bring them: the gateway then takes them from the model. */
  readonly aliases: readonly string[] | null
  /** In the registry's spelling; `"None"` for none; `null` where the registry knows no stages. */
  readonly stage: string | null
  /** Hidden from lists unless archived ones are asked for. */
  readonly archived: boolean
  readonly status: VersionStatus
  readonly statusMessage: string | null
  /** What it was made from, as given at its creation; of a copy the `models:/name/version` URI of its source. */
  readonly source: string | null
  /** Where its files are. `null` when this read did not bring it: the gateway asks `artifacts.locate`. */
  readonly artifactUri: string | null
  /** Also when the run is gone. */
  readonly runId: string | null
  /** Over all files, where the backend keeps one: what stands before its colon says how it is made. */
  readonly digest: string | null
  readonly sizeBytes: number | null
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  readonly createdBy: string | null
}

export interface MetricRecord {
  readonly key: string
  /** The last logged value. NaN and the infinities are themselves. */
  readonly value: number
  readonly step: number | null
}

export interface ParamRecord {
  readonly key: string
  readonly value: string
}

/** Something that a run was trained or tested with. */
export interface RunDatasetRecord {
  readonly name: string
  /** As the backend makes it; `null` where it makes none. */
  readonly digest: string | null
  /** Where it is from, in the backend's own form. */
  readonly source: string | null
}

export interface RunRecord {
  readonly runId: string
  readonly name: string | null
  /** The backend's word for it. */
  readonly status: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly metrics: readonly MetricRecord[]
  readonly params: readonly ParamRecord[]
  /** Where a person can look at it. */
  readonly url: string | null
  /** Left out, or `null`, where the backend keeps none. */
  readonly tags?: readonly TagRecord[] | null
  /** The commit of the code that ran, where the backend notes it. */
  readonly sourceCommit?: string | null
  /** Left out, or `null`, where the backend notes none. */
  readonly datasets?: readonly RunDatasetRecord[] | null
  /**
   * `true` of a run that is there to hold the files of a copy and has nothing to say. The copy has the facts of its
   * origin's run instead, which no list may filter or order it by on its own.
   */
  readonly filesOnly?: boolean
}

export interface ArtifactRecord {
  /** Relative to the version's root, `/` between parts, neither leading nor trailing. */
  readonly path: string
  readonly isDirectory: boolean
  readonly sizeBytes: number | null
  readonly digest: string | null
}
