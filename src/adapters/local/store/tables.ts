import { defineTables } from '../../../state/table-room.ts'
import { createLocalRegistryMigration } from './migrations/0002-local-registry.ts'
import { createLocalIdempotencyMigration } from './migrations/0003-local-idempotency.ts'
import { createLocalWishesMigration } from './migrations/0005-local-wishes.ts'
import { createLocalRunOriginMigration } from './migrations/0007-local-run-origin.ts'
import { createLocalPlacesMigration } from './migrations/0011-local-places.ts'
import { createLocalChangeMigration } from './migrations/0016-local-change.ts'

/** Times are epoch milliseconds. */
export interface LocalTables {
  readonly local_model: LocalModelRow
  readonly local_model_tag: LocalModelTagRow
  readonly local_version: LocalVersionRow
  readonly local_version_tag: LocalVersionTagRow
  readonly local_alias: LocalAliasRow
  readonly local_name_part: LocalNamePartRow
  readonly local_run: LocalRunRow
  readonly local_run_metric: LocalRunMetricRow
  readonly local_run_param: LocalRunParamRow
  readonly local_idempotency: LocalIdempotencyRow
  readonly local_feed: LocalFeedRow
  readonly local_change: LocalChangeRow
}

export interface LocalModelRow {
  /** A surrogate: what is known of a name here is not in the rows of others, but for lists (`model_name`). */
  id: string
  registry: string
  name: string
  description: string | null
  /** The highest number ever given to a version, so that none is given twice. */
  last_version: number
  created_at: number
  updated_at: number
}

/** Of the row's model, so that an index can have it: kept as the model has it. */
interface ModelPlace {
  registry: string
  model_name: string
}

export interface LocalModelTagRow extends ModelPlace {
  model_id: string
  key: string
  value: string
  /** Of the model. */
  created_at: number
}

export interface LocalVersionRow extends ModelPlace {
  model_id: string
  number: number
  description: string | null
  stage: string
  status: string
  status_message: string | null
  source: string | null
  artifact_uri: string | null
  run_id: string | null
  digest: string | null
  size_bytes: number | null
  created_at: number
  updated_at: number
  created_by: string | null
}

export interface LocalVersionTagRow extends ModelPlace {
  model_id: string
  number: number
  key: string
  value: string
  /** Of the version. */
  created_at: number
}

/** Each part of each name once: see `namePartsOf`. */
export interface LocalNamePartRow extends ModelPlace {
  part: string
}

export interface LocalAliasRow {
  model_id: string
  name: string
  number: number
}

export interface LocalRunRow {
  registry: string
  run_id: string
  name: string | null
  status: string | null
  started_at: number | null
  ended_at: number | null
  /** Of a run that came with a copy: whose it was, `models://registry/name/version`. */
  origin: string | null
}

export interface LocalRunMetricRow {
  registry: string
  run_id: string
  key: string
  /** `null` is NaN, which no two databases order or compare alike; the infinities are themselves. */
  value: number | null
  step: number | null
}

export interface LocalRunParamRow {
  registry: string
  run_id: string
  key: string
  value: string
}

/** What was made under an idempotency key, kept also when it was renamed or deleted since. */
export interface LocalIdempotencyRow {
  registry: string
  /** `model` or `version`: one wish may make both. */
  kind: string
  key_digest: string
  /** The id of a model, the number of a version. */
  made: string
  /** A digest of what was asked; `null` in rows of before it was kept. */
  wish: string | null
  created_at: number
}

/** Whoever changes something holds it until that is committed, so that numbers are seen in their order. */
export interface LocalFeedRow {
  registry: string
  /** The highest number ever given to a change. */
  last: number
}

/** A model of which something was changed, by its name, which may be gone. */
export interface LocalChangeRow {
  registry: string
  model: string
  /** Of the last change. */
  number: number
}

export const localTables = defineTables<LocalTables>({
  '0002-local-registry': createLocalRegistryMigration,
  '0003-local-idempotency': createLocalIdempotencyMigration,
  '0005-local-wishes': createLocalWishesMigration,
  '0007-local-run-origin': createLocalRunOriginMigration,
  '0011-local-places': createLocalPlacesMigration,
  '0016-local-change': createLocalChangeMigration,
})
