import { RegistryError } from '../../../contract/index.ts'
import { toVersionNumber } from '../reads/version-rows.ts'
import type { Write } from './transaction.ts'

export interface GivenOrigin {
  /** `models:/name/version` of this registry makes a copy, `runs:/run/path` knows its run. */
  readonly source?: string | null
  /** Taken from the source when it is left out, and so are the others. */
  readonly artifactUri?: string | null
  readonly runId?: string | null
  readonly digest?: string | null
  readonly sizeBytes?: number | null
}

/** What is kept of where a version came from. */
export interface Origin {
  readonly artifactUri: string | null
  readonly runId: string | null
  readonly digest: string | null
  readonly sizeBytes: number | null
}

/** A copy keeps the files, the run and the digest of its source even when that is gone. */
export async function resolveOrigin(write: Write, given: GivenOrigin): Promise<Origin> {
  const source = given.source || null
  const origin = source !== null && /^models:\/[^/]/.test(source) ? await loadOriginal(write, source) : null
  return {
    artifactUri: given.artifactUri || (origin === null ? toPlace(source) : origin.artifactUri),
    runId: given.runId || (origin === null ? toRun(source) : origin.runId),
    digest: given.digest || (origin?.digest ?? null),
    sizeBytes: given.sizeBytes ?? origin?.sizeBytes ?? null,
  }
}

/** A version of another registry, or a run, is no place of files: whoever knows says where they are. */
function toPlace(source: string | null): string | null {
  return source === null || /^(models|runs):/.test(source) ? null : source
}

/** The run need not be here. */
function toRun(source: string | null): string | null {
  return /^runs:\/([^/]+)/.exec(source ?? '')?.[1] ?? null
}

async function loadOriginal({ queries, name: registry }: Write, source: string): Promise<Origin> {
  const end = source.lastIndexOf('/')
  const name = source.slice('models:/'.length, end)
  const original = await queries
    .selectFrom('local_version as v')
    .innerJoin('local_model as m', 'm.id', 'v.model_id')
    .select(['v.artifact_uri as artifactUri', 'v.run_id as runId', 'v.digest', 'v.size_bytes as sizeBytes'])
    .where('m.registry', '=', registry)
    .where('m.name', '=', name)
    .where('v.number', '=', toVersionNumber(source.slice(end + 1)) ?? -1)
    .executeTakeFirst()
  if (original === undefined) {
    throw new RegistryError(
      'NOT_FOUND',
      `The source ${JSON.stringify(source)} is not a version of this registry.`,
    )
  }
  return original
}
