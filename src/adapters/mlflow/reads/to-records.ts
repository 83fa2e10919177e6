import type {
  AliasRecord,
  ModelRecord,
  ModelVersionRecord,
  TagRecord,
  VersionStatus,
} from '../../../contract/index.ts'
import { readRows } from '../../http/read-rows.ts'
import {
  readList,
  readOptionalText,
  readPairs,
  readRecords,
  readText,
  readTime,
  type Wire,
} from '../wire/wire.ts'

/** Prompts are kept among the models; searches hide them, gets do not. */
export const promptTag = 'mlflow.prompt.is_prompt'

export function isPrompt(wire: Wire): boolean {
  return readPairs(wire, 'tags').some(({ key, value }) => key === promptTag && value.toLowerCase() === 'true')
}

export function toModelRecord(wire: Wire): ModelRecord {
  const aliases = readList(wire, 'aliases').flatMap(toAliasRecord)
  const byVersion = Map.groupBy(aliases, (alias) => alias.version)
  return {
    name: readText(wire, 'name'),
    description: readOptionalText(wire, 'description'),
    tags: toTagRecords(wire),
    aliases,
    createdAt: readTime(wire, 'creation_timestamp'),
    updatedAt: readTime(wire, 'last_updated_timestamp'),
    archived: false,
    latestVersions: toLatestVersions(wire, byVersion),
  }
}

/** `null` where one of them cannot be read: the highest of all may be that one. */
function toLatestVersions(
  wire: Wire,
  aliases: ReadonlyMap<string, readonly AliasRecord[]>,
): readonly ModelVersionRecord[] | null {
  if (!Array.isArray(wire.latest_versions ?? [])) return null
  const { rows, flaw } = readRows(readRecords(wire, 'latest_versions'), (version) =>
    toVersionRecord(
      version,
      (aliases.get(readText(version, 'version')) ?? []).map((alias) => alias.name),
    ),
  )
  return flaw === null ? rows : null
}

/** `aliases`: those of the version where they are known; searches for versions never bring them. */
export function toVersionRecord(wire: Wire, aliases: readonly string[] | null): ModelVersionRecord {
  const stage = readOptionalText(wire, 'current_stage') ?? 'None'
  const source = readOptionalText(wire, 'source')
  return {
    modelName: readText(wire, 'name'),
    version: readText(wire, 'version'),
    description: readOptionalText(wire, 'description'),
    tags: toTagRecords(wire),
    aliases,
    stage,
    archived: stage === 'Archived',
    status: toStatus(wire.status),
    statusMessage: readOptionalText(wire, 'status_message'),
    source,
    artifactUri: source !== null && isStorageUri(source) ? source : null,
    runId: readOptionalText(wire, 'run_id'),
    digest: null,
    sizeBytes: null,
    createdAt: readTime(wire, 'creation_timestamp'),
    updatedAt: readTime(wire, 'last_updated_timestamp'),
    createdBy: readOptionalText(wire, 'user_id'),
  }
}

/** Of answers that name a version's aliases: `get`, `get-latest-versions`, `alias`. */
export function toVersionRecordWithAliases(wire: Wire): ModelVersionRecord {
  return toVersionRecord(wire, readAliasNames(wire)?.filter(isAlias) ?? null)
}

/** `latest` is answered like an alias by newer servers, and is none. */
export function isAlias(name: string): boolean {
  return !/^(latest|v\d+)$/i.test(name)
}

/** `null` where they cannot be read: the model knows them too. */
function readAliasNames({ aliases = [] }: Wire): string[] | null {
  return Array.isArray(aliases) && aliases.every((alias) => typeof alias === 'string') ? aliases : null
}

function toAliasRecord(wire: Wire): AliasRecord[] {
  const name = readText(wire, 'alias')
  return isAlias(name) ? [{ name, version: readText(wire, 'version') }] : []
}

function toTagRecords(wire: Wire): TagRecord[] {
  return readPairs(wire, 'tags')
}

function toStatus(status: unknown): VersionStatus {
  switch (status) {
    case 'READY':
    case undefined:
      return 'READY'
    case 'PENDING_REGISTRATION':
      return 'PENDING'
    case 'FAILED_REGISTRATION':
      return 'FAILED'
    default:
      return 'UNKNOWN'
  }
}

/** Whether the source says where the files are, without another look-up. */
function isStorageUri(source: string): boolean {
  return !/^(models|runs|mlflow-artifacts):/i.test(source)
}
