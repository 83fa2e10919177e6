import { RegistryError } from '../../../contract/index.ts'
import { toVersionNumber } from '../version-rows.ts'
import type { Writer } from './transaction.ts'

export interface GivenOrigin {
  /** `models:/name/version` of this registry makes a copy. */
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
export async function resolveOrigin(writer: Writer, registry: string, given: GivenOrigin): Promise<Origin> {
  const original = await loadOriginal(writer, registry, given.source ?? '')
  return {
    artifactUri: given.artifactUri || original?.artifactUri || null,
    runId: given.runId || original?.runId || null,
    digest: given.digest || original?.digest || null,
    sizeBytes: given.sizeBytes ?? original?.sizeBytes ?? null,
  }
}

async function loadOriginal(writer: Writer, registry: string, source: string): Promise<Origin | null> {
  if (!/^models:\/[^/]/.test(source)) return toGivenFiles(source)
  const end = source.lastIndexOf('/')
  const name = source.slice('models:/'.length, end)
  const original = await writer
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

/** A version of another registry is no place of files: whoever copies it says where they are. */
function toGivenFiles(source: string): Origin {
  return {
    artifactUri: source.startsWith('models:') ? null : source,
    runId: null,
    digest: null,
    sizeBytes: null,
  }
}
