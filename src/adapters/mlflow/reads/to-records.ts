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
  const aliases = toAliasRecords(wire)
  return {
    name: readText(wire, 'name'),
    description: readOptionalText(wire, 'description'),
    tags: toTagRecords(wire),
    aliases,
    createdAt: readTime(wire, 'creation_timestamp'),
    updatedAt: readTime(wire, 'last_updated_timestamp'),
    archived: false,
    latestVersions: toLatestVersions(wire, aliases),
  }
}

/** `null` where one of them cannot be read: the highest of all may be that one. */
function toLatestVersions(wire: Wire, aliases: readonly AliasRecord[]): readonly ModelVersionRecord[] | null {
  if (!Array.isArray(wire.latest_versions ?? [])) return null
  const { rows, flaw } = readRows(readRecords(wire, 'latest_versions'), (version) =>
    toVersionRecord(version, namesOf(aliases, readText(version, 'version'))),
  )
  return flaw === null ? rows : null
}

function namesOf(aliases: readonly AliasRecord[], version: string): string[] {
  const names: string[] = []
  for (const alias of aliases) if (alias.version === version) names.push(alias.name)
  return names
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

function toAliasRecords(wire: Wire): AliasRecord[] {
  const aliases: AliasRecord[] = []
  for (const alias of readList(wire, 'aliases')) {
    const name = readText(alias, 'alias')
    if (isAlias(name)) aliases.push({ name, version: readText(alias, 'version') })
  }
  return aliases
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
