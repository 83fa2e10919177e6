import { sql } from 'kysely'
import type { ModelRecord, ModelVersionRecord, VersionKey } from '../../contract/index.ts'
import type { CatalogPart } from './catalog-part.ts'
import { selectModels, selectNamedVersions, toModelRecord, toVersionRecord } from './catalog-rows.ts'

/** Of a row that nobody has looked at yet: a write has made it, or was done to it, and could not read it back. */
export const neverLookedAt = 0

export interface KnownModel {
  readonly id: number
  /** Epoch milliseconds of the last look at all of it; `null`: there was none. */
  readonly lookedAt: number | null
  readonly record: ModelRecord
}

export interface KnownVersion {
  readonly id: number
  /** As of a model. */
  readonly lookedAt: number | null
  readonly record: ModelVersionRecord
  readonly copiedFrom: string | null
  readonly totalBytes: number | null
}

/** What the catalog has of these models, by their names; lists are sorted, as in what is compared with it. */
export async function knownModels(
  part: CatalogPart,
  names: readonly string[],
): Promise<Map<string, KnownModel>> {
  if (names.length === 0) return new Map()
  const rows = await selectModels(part, { id: part.id, hasTimeless: true })
    .where(part.functions.inTexts(sql.ref('m.name'), names))
    .execute()
  return new Map(
    rows.map((row) => [
      row.name,
      { id: row.id, lookedAt: lastLook(row), record: sorted(toModelRecord(row)) },
    ]),
  )
}

function sorted(record: ModelRecord): ModelRecord {
  return {
    ...record,
    tags: record.tags.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    aliases: record.aliases.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** By {@link keyOf}. */
export async function knownVersions(
  part: CatalogPart,
  keys: readonly VersionKey[],
): Promise<Map<string, KnownVersion>> {
  if (keys.length === 0) return new Map()
  const rows = await selectNamedVersions(part, { id: part.id, hasTimeless: true }, keys).execute()
  return new Map(
    rows.map((row) => {
      const record = toVersionRecord(row)
      const tags = record.tags.toSorted((a, b) => (a.key < b.key ? -1 : 1))
      const known: KnownVersion = {
        id: row.id,
        lookedAt: lastLook(row),
        record: { ...record, tags },
        copiedFrom: row.copied_from,
        totalBytes: row.total_bytes,
      }
      return [keyOf(row.model_name, row.version), known]
    }),
  )
}

function lastLook({ looked_at: lookedAt }: { readonly looked_at: number }): number | null {
  return lookedAt === neverLookedAt ? null : lookedAt
}

export function keyOf(model: string, version: string): string {
  return JSON.stringify([model, version])
}

/** Whether it is the same thing, and not another one that was made under its name. */
export function isOfOneTime(
  before: { readonly createdAt: Date | null },
  after: { readonly createdAt: Date | null },
): boolean {
  return before.createdAt?.getTime() === after.createdAt?.getTime()
}

/** Whether that is certain: some registries have no times, or not always. */
export function isAnother(
  before: { readonly createdAt: Date | null },
  after: { readonly createdAt: Date | null },
): boolean {
  return before.createdAt !== null && after.createdAt !== null && !isOfOneTime(before, after)
}
