import type { Generated, Kysely } from 'kysely'
import { defineTables } from '../table-room.ts'
import { createCatalogMigration } from './0014-catalog.ts'
import { createEventLogMigration } from './0015-event-log.ts'
import { createLogicalModelMigration } from './0018-logical-model.ts'
import { createCopiesAndSizesMigration } from './0019-copies-and-sizes.ts'
import { createUnclearModelsMigration } from './0021-unclear-models.ts'

/** What the gateway keeps of its registries. Times are epoch milliseconds; truths are 0 and 1. */
export interface CatalogTables {
  readonly catalog_registry: CatalogRegistryRow
  readonly catalog_touch: CatalogTouchRow
  readonly catalog_model: CatalogModelRow
  readonly catalog_model_tag: CatalogModelTagRow
  readonly catalog_alias: CatalogAliasRow
  readonly catalog_version: CatalogVersionRow
  readonly catalog_pair: CatalogPairRow
  readonly catalog_version_pair: CatalogVersionPairRow
  /** A view. */
  readonly catalog_version_tag: CatalogVersionTagRow
  readonly catalog_run: CatalogRunRow
  readonly catalog_run_metric: CatalogRunMetricRow
  readonly catalog_run_pair: CatalogRunPairRow
  /** A view. */
  readonly catalog_run_param: CatalogRunParamRow
  readonly event_log: EventLogRow
  readonly event_log_end: EventLogEndRow
  readonly logical_registry: LogicalRegistryRow
  readonly logical_claim: LogicalClaimRow
}

/** One registry of the configuration, by its name, and how far it is known. */
export interface CatalogRegistryRow {
  id: Generated<number>
  name: string
  /** Counts what was written to its part of the catalog. */
  touch: number
  /** Whether some of its rows have no time, which puts them last in orders by it. */
  timeless: number
  /** Who syncs it; whoever finds another one there has lost the right to. */
  syncer: string | null
  /** Of the sweep under way: what it is at. */
  phase: string | null
  /** JSON: the name, and the version, of the last row that it took in. */
  place: string | null
  /** How many rows it has taken in so far. */
  taken: number
  sweep_started_at: number | null
  /** When the first sweep ended: since then every change is noted. */
  known_since: number | null
  /** When the last finished sweep began, and when it ended. */
  swept_at: number | null
  swept_until: number | null
  /** When the last pass began that has seen every change before it. */
  checked_at: number | null
  /** The registry's own latest time of a change that was taken in. */
  watermark: number | null
  /** Where its feed of changes goes on. */
  feed: string | null
  failed_at: number | null
  /** JSON: code and message of why the last sync failed; `null`: it did not. */
  problem: string | null
}

/** A model that was written to through the gateway: what was read of it before that is worth nothing. */
export interface CatalogTouchRow {
  registry_id: number
  model: string
  /** The count of its registry at that time. */
  touch: number
  /** Whether it has to be read again. */
  dirty: number
  /** Of one that has to be: everything before was known when that was found. */
  known_until: number | null
}

export interface CatalogModelRow {
  /** Stays when the gateway renames the model. */
  id: Generated<number>
  registry_id: number
  name: string
  description: string | null
  archived: number
  created_at: number | null
  updated_at: number | null
  /** The registry was asked then for what stands here; 0: it has not been yet, as after a write that could not be read back. */
  looked_at: number
}

export interface CatalogModelTagRow {
  model_id: number
  key: string
  value: string
}

export interface CatalogAliasRow {
  model_id: number
  name: string
  version: string
}

export interface CatalogVersionRow {
  id: Generated<number>
  registry_id: number
  model_id: number
  version: string
  /** Orders versions as `compareVersions` does, by code point. */
  place: string
  description: string | null
  stage: string | null
  archived: number
  status: string
  status_message: string | null
  /** As the registry has it: with the tags of the gateway's own among the tags. */
  source: string | null
  artifact_uri: string | null
  run_id: string | null
  digest: string | null
  size_bytes: number | null
  /** The key of the version that it is a copy of. */
  copied_from: string | null
  /** Of all files, by whoever knows it. */
  total_bytes: number | null
  /** When they were last listed for it. */
  files_looked_at: number | null
  created_at: number | null
  updated_at: number | null
  created_by: string | null
  looked_at: number
}

/** A key and a value of a tag, or of a param, once in a registry. */
export interface CatalogPairRow {
  id: Generated<number>
  registry_id: number
  key: string
  value: string
}

export interface CatalogVersionPairRow {
  version_id: number
  pair_id: number
}

export interface CatalogVersionTagRow {
  version_id: number
  registry_id: number
  key: string
  value: string
}

export interface CatalogRunRow {
  id: Generated<number>
  registry_id: number
  run_id: string
  /** `there`, `gone`, or `hidden`. */
  state: string
  name: string | null
  status: string | null
  started_at: number | null
  ended_at: number | null
  /** From beginning to end. */
  duration_ms: number | null
  /** JSON: a list. */
  tags: string | null
  source_commit: string | null
  /** JSON: a list. */
  datasets: string | null
  url: string | null
  files_only: number
  looked_at: number
}

export interface CatalogRunMetricRow {
  run: number
  registry_id: number
  key: string
  /** `null` is NaN. */
  value: number | null
  step: number | null
}

export interface CatalogRunPairRow {
  run: number
  pair_id: number
}

export interface CatalogRunParamRow {
  run: number
  registry_id: number
  key: string
  value: string
}

/** What happened, in the order in which it was noted. Rows are added and never changed; the oldest go as a whole. */
export interface EventLogRow {
  seq: number
  kind: string
  at: number
  /** Of what was noticed: the last look before. */
  not_before: number | null
  /** `RECORDED` or `OBSERVED`. */
  certainty: string
  actor: string | null
  request_id: string | null
  registry: string | null
  model: string | null
  version: string | null
  key: string | null
  before: string | null
  after: string | null
  comment: string | null
}

/** One row: whoever adds to the log holds it until that is committed, so that the order is that of the commits. */
export interface EventLogEndRow {
  id: number
  last: number
  /** What has this number or a lower one is gone. */
  cut: number
  /** Of the last one that is gone, for who chains them. */
  cut_hash: string | null
  /** When the last one happened that is gone. */
  cut_at: number | null
}

/** By which rules the models of a registry are claimed, and how far that is done. */
export interface LogicalRegistryRow {
  registry: string
  /** JSON: what decides there. */
  rules: string
  /** The id of the last model that these rules were asked about, of those that were there before them. */
  place: number
  done: number
}

/** A model and the logical model that it belongs to, while it is not archived. */
export interface LogicalClaimRow {
  model_id: number
  registry_id: number
  /** Of the logical model. */
  name: string
  environment: string
  matched_by: string
}

export const catalogTables = defineTables<CatalogTables>({
  '0014-catalog': createCatalogMigration,
  '0015-event-log': createEventLogMigration,
  '0018-logical-model': createLogicalModelMigration,
  '0019-copies-and-sizes': createCopiesAndSizesMigration,
  '0021-unclear-models': createUnclearModelsMigration,
})

/** For rooms with tables of their own. */
export function untyped(queries: Kysely<CatalogTables>): Kysely<unknown> {
  return queries as Kysely<unknown>
}
