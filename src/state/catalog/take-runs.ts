import { type Selectable, sql } from 'kysely'
import { type Outcome, RegistryError, type RunRecord } from '../../contract/index.ts'
import type { FoundRun } from '../../stores/sync-store.ts'
import type { CatalogPart } from './catalog-part.ts'
import { insertRows } from './insert-rows.ts'
import { isKeepable, keepable } from './keepable.ts'
import { insertPairs, type Pair } from './pairs.ts'
import type { CatalogRunRow } from './tables.ts'
import { deleteRuns } from './take-away.ts'

/** Takes in runs as the registry has them; one that could not be read now stays as it was. */
export async function takeRuns(part: CatalogPart, found: readonly FoundRun[]): Promise<void> {
  const runs = found.flatMap(({ runId, outcome }) => {
    const state = stateOf(outcome)
    return state === null ? [] : [{ runId, state, record: state === 'there' ? (outcome as RunRecord) : null }]
  })
  if (runs.length === 0) return
  const ids = await replaceRuns(part, runs)
  const metrics: (string | number | null)[][] = []
  const params: (readonly [number, readonly Pair[]])[] = []
  for (const { runId, record } of runs) {
    const id = ids.get(runId) ?? -1
    for (const { key, value, step } of lastOfEach(record?.metrics ?? [])) {
      metrics.push([id, part.id, key, Number.isNaN(value) ? null : value, step])
    }
    params.push([
      id,
      lastOfEach(record?.params ?? []).map(({ key, value }) => ({ key, value: keepable(value) })),
    ])
  }
  await insertRows(part, 'catalog_run_metric', ['run', 'registry_id', 'key', 'value', 'step'], metrics)
  await insertPairs(part, 'run', params)
  const versions = await part.queries
    .selectFrom('catalog_version')
    .select('id')
    .where('registry_id', '=', part.id)
    .where(
      part.functions.inTexts(
        sql.ref('run_id'),
        runs.map(({ runId }) => runId),
      ),
    )
    .execute()
  for (const { id } of versions) part.versions.add(id)
}

interface KeptRun {
  readonly runId: string
  readonly state: string
  readonly record: RunRecord | null
}

type KeptRunId = Pick<Selectable<CatalogRunRow>, 'id' | 'run_id'>

const columns = [
  'registry_id',
  'run_id',
  'state',
  'name',
  'status',
  'started_at',
  'ended_at',
  'duration_ms',
  'url',
  'tags',
  'source_commit',
  'datasets',
  'files_only',
  'looked_at',
]

async function replaceRuns(part: CatalogPart, runs: readonly KeptRun[]): Promise<Map<string, number>> {
  const { queries, functions } = part
  const among = functions.inTexts(
    sql.ref('run_id'),
    runs.map(({ runId }) => runId),
  )
  const before = await queries
    .selectFrom('catalog_run')
    .select('id')
    .where('registry_id', '=', part.id)
    .where(among)
    .execute()
  await deleteRuns(
    part,
    before.map(({ id }) => id),
  )
  const rows = runs.map(({ runId, state, record }) => [
    part.id,
    runId,
    state,
    record?.name == null ? null : keepable(record.name),
    record?.status == null ? null : keepable(record.status),
    record?.startedAt?.getTime() ?? null,
    record?.endedAt?.getTime() ?? null,
    record && durationOf(record),
    record?.url == null ? null : keepable(record.url),
    record?.tags ? JSON.stringify(record.tags) : null,
    record?.sourceCommit == null ? null : keepable(record.sourceCommit),
    record?.datasets ? JSON.stringify(record.datasets) : null,
    record?.filesOnly === true ? 1 : 0,
    part.look.at,
  ])
  const inserted = await insertRows<KeptRunId>(part, 'catalog_run', columns, rows, ['id', 'run_id'])
  return new Map(inserted.map(({ id, run_id }) => [run_id, id]))
}

/** A run that has nothing to say orders nothing. */
function durationOf({ startedAt, endedAt, filesOnly }: RunRecord): number | null {
  return startedAt && endedAt && !filesOnly ? endedAt.getTime() - startedAt.getTime() : null
}

/** `null`: it says nothing of the run. */
function stateOf(outcome: Outcome<RunRecord>): string | null {
  if (outcome === null) return 'gone'
  if (!RegistryError.is(outcome)) return 'there'
  return outcome.code === 'FORBIDDEN' ? 'hidden' : null
}

function lastOfEach<Entry extends { readonly key: string }>(entries: readonly Entry[]): Entry[] {
  const byKey = new Map(entries.filter(({ key }) => isKeepable(key)).map((entry) => [entry.key, entry]))
  return [...byKey.values()]
}
