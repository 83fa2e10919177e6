import type { VersionFacts } from '../../../src/conformance/index.ts'
import {
  compareVersions,
  type ModelRecord,
  type ModelVersionRecord,
  type VersionKey,
} from '../../../src/contract/index.ts'
import { findVersion, type MemoryStore } from './memory-store.ts'

const toRecords = (tags: ReadonlyMap<string, string>) => [...tags].map(([key, value]) => ({ key, value }))

export function toModelRecord({ models }: MemoryStore, name: string): ModelRecord | null {
  const model = models.get(name)
  if (model === undefined) return null
  const { versions: _, numbered: __, discarded: ___, tags, aliases, ...rest } = model
  const held = [...aliases].map(([alias, version]) => ({ name: alias, version }))
  return { ...rest, name, tags: toRecords(tags), aliases: held, latestVersions: null }
}

export function toVersionRecord(store: MemoryStore, key: VersionKey): ModelVersionRecord | null {
  const found = findVersion(store, key)
  if (found === undefined) return null
  return {
    modelName: key.model,
    version: key.version,
    description: found.description,
    tags: toRecords(found.tags),
    aliases: aliasesOf(store, key),
    stage: found.stage,
    archived: found.archived,
    status: found.status,
    statusMessage: found.statusMessage,
    source: found.source,
    artifactUri: found.place,
    runId: found.runId,
    digest: null,
    sizeBytes: null,
    createdAt: found.createdAt,
    updatedAt: found.updatedAt,
    createdBy: found.createdBy,
  }
}

function aliasesOf({ models }: MemoryStore, { model, version }: VersionKey): string[] {
  const held: string[] = []
  for (const [alias, holder] of models.get(model)?.aliases ?? []) if (holder === version) held.push(alias)
  return held
}

/** Every version there is, with what filters ask of it. */
export function allVersions(store: MemoryStore): VersionFacts[] {
  return [...store.models].flatMap(([model, { versions }]) =>
    [...versions.keys()].flatMap((version) => {
      const record = toVersionRecord(store, { model, version })
      if (record === null) return []
      return { record, aliases: record.aliases ?? [], run: store.runs.get(record.runId ?? '') ?? null }
    }),
  )
}

/** The highest first. */
export function versionsOf(store: MemoryStore, model: string): ModelVersionRecord[] {
  return [...(store.models.get(model)?.versions.keys() ?? [])]
    .toSorted((a, b) => compareVersions(b, a))
    .flatMap((version) => toVersionRecord(store, { model, version }) ?? [])
}

export function latestOf(own: readonly ModelVersionRecord[]): ModelVersionRecord[] {
  const last = own
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    .slice(0, 1)
  const staged = own.filter(({ stage }) => stage !== null)
  const heads = staged.filter((row, index) => staged.findIndex(({ stage }) => stage === row.stage) === index)
  return [...new Set([...heads, ...last])]
}
