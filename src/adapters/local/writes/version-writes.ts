import type {
  Call,
  NewVersion,
  TagRecord,
  VersionKey,
  VersionStatus,
  VersionWrites,
} from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireKey, requireTag, requireText } from '../naming.ts'
import { digestOfWish, makeOnce, sortedPairs } from '../store/idempotency.ts'
import { type GivenOrigin, type Origin, resolveOrigin } from '../store/origin.ts'
import {
  type LockedVersion,
  lockModel,
  lockVersion,
  runWrite,
  type StoreContext,
  type Write,
} from '../store/transaction.ts'
import { requireMeaningful } from './meaningful-place.ts'

/** What is left out is as `null` or none. The contract knows nothing of what it has beside that. */
export interface NewLocalVersion
  extends GivenOrigin,
    Pick<NewVersion, 'model'>,
    Partial<Pick<NewVersion, 'description' | 'tags' | 'idempotencyKey'>> {
  readonly status?: VersionStatus
  readonly statusMessage?: string | null
  /** Left out: who calls. */
  readonly createdBy?: string | null
}

export function versionWrites(context: StoreContext) {
  const change = (
    call: Call | undefined,
    key: VersionKey,
    work: (write: Write, version: LockedVersion) => Promise<unknown>,
  ): Promise<void> =>
    runWrite(context, call, async (write) => {
      await work(write, await lockVersion(write, key))
    })
  return {
    async create(given: NewLocalVersion, call?: Call): Promise<string> {
      const version = { createdBy: call?.caller?.principal ?? null, ...given }
      requireTexts(version)
      const wish = { kind: 'version', key: version.idempotencyKey ?? null, wish: wishOf(given) } as const
      return runWrite(context, call, (write) =>
        makeOnce(write, wish, async () => {
          await requireMeaningful(write, context.config, version)
          return insertVersion(write, version)
        }),
      )
    },
    async describe(key: VersionKey, description: string | null, call?: Call): Promise<void> {
      requireText(description ?? '', 'The description')
      await change(call, key, (write, version) => describeVersion(write, version, description || null))
    },
    setTags: (key: VersionKey, tags: readonly TagRecord[], call?: Call) =>
      change(call, key, (write, version) => putTags(write, version, tags)),
    deleteTags: (key: VersionKey, keys: readonly string[], call?: Call) =>
      change(call, key, (write, version) => removeTags(write, version, keys)),
    delete: (key: VersionKey, call?: Call) => change(call, key, removeVersion),
  } satisfies Required<Omit<VersionWrites, 'takesSource' | 'keepsNotes'>>
}

function wishOf({ model, tags = [], ...given }: NewLocalVersion): string {
  const { source, artifactUri, runId, digest, sizeBytes, description, status, statusMessage } = given
  const texts = [source, artifactUri, runId, digest, description, status, statusMessage]
  return digestOfWish([model, ...texts.map((text) => text || null), sizeBytes ?? null, sortedPairs(tags)])
}

function requireTexts({ source, artifactUri, runId, digest, ...version }: NewLocalVersion): void {
  if (runId) requireKey(runId, 'The id of the run')
  requireText(source ?? '', 'The source')
  requireText(artifactUri ?? '', 'The artifact URI')
  requireText(digest ?? '', 'The digest')
  requireText(version.description ?? '', 'The description')
  requireText(version.statusMessage ?? '', 'The status message')
  requireText(version.createdBy ?? '', 'The creator')
}

/** The number is taken from the model, which keeps the highest that was ever given. */
async function insertVersion(write: Write, version: NewLocalVersion): Promise<string> {
  const at = write.now()
  const modelId = await lockModel(write, version.model)
  const origin = await resolveOrigin(write, version)
  const { last_version: number } = await write.queries
    .updateTable('local_model')
    .set((eb) => ({ last_version: eb('last_version', '+', 1), updated_at: at }))
    .where('id', '=', modelId)
    .returning('last_version')
    .executeTakeFirstOrThrow()
  await write.queries
    .insertInto('local_version')
    .values({
      model_id: modelId,
      registry: write.name,
      model_name: version.model,
      number,
      ...toRow(version, origin),
      created_at: at,
      updated_at: at,
    })
    .execute()
  await putTags(write, { modelId, modelName: version.model, number, createdAt: at }, version.tags ?? [])
  return String(number)
}

function toRow(version: NewLocalVersion, origin: Origin) {
  return {
    description: version.description || null,
    stage: 'None',
    status: version.status ?? 'READY',
    status_message: version.statusMessage || null,
    source: version.source || null,
    artifact_uri: origin.artifactUri,
    run_id: origin.runId,
    digest: origin.digest,
    size_bytes: origin.sizeBytes,
    created_by: version.createdBy || null,
  }
}

type Place = Pick<LockedVersion, 'modelId' | 'number'>

async function describeVersion(
  { queries, now }: Write,
  { modelId, number }: Place,
  description: string | null,
): Promise<void> {
  await queries
    .updateTable('local_version')
    .set({ description, updated_at: now() })
    .where('model_id', '=', modelId)
    .where('number', '=', number)
    .execute()
}

async function removeVersion({ queries }: Write, { modelId, number }: Place): Promise<void> {
  await queries
    .deleteFrom('local_version')
    .where('model_id', '=', modelId)
    .where('number', '=', number)
    .execute()
}

async function putTags(
  { queries, name: registry }: Write,
  { modelId, modelName, number, createdAt }: Omit<LockedVersion, 'stage'>,
  tags: readonly TagRecord[],
): Promise<void> {
  for (const { key, value } of tags) {
    requireTag(key, value)
    await queries
      .insertInto('local_version_tag')
      .values({
        model_id: modelId,
        registry,
        model_name: modelName,
        number,
        created_at: createdAt,
        key,
        value,
      })
      .onConflict((conflict) => conflict.columns(['model_id', 'number', 'key']).doUpdateSet({ value }))
      .execute()
  }
}

async function removeTags(
  { queries }: Write,
  { modelId, number }: Place,
  keys: readonly string[],
): Promise<void> {
  for (const key of keys.filter(isStorableText)) {
    await queries
      .deleteFrom('local_version_tag')
      .where('model_id', '=', modelId)
      .where('number', '=', number)
      .where('key', '=', key)
      .execute()
  }
}
