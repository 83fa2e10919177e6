import {
  RegistryError,
  type TagRecord,
  type VersionKey,
  type VersionStatus,
} from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireKey, requireTag, requireText } from '../naming.ts'
import { type GivenOrigin, type Origin, resolveOrigin } from './origin.ts'
import { lockModel, requireVersion, type WriteContext, type Writer, write } from './transaction.ts'

export interface NewVersion extends GivenOrigin {
  readonly model: string
  readonly description?: string | null
  readonly status?: VersionStatus
  readonly statusMessage?: string | null
  readonly createdBy?: string | null
  readonly tags?: readonly TagRecord[]
}

/** Answers the new version. A number is given once, also when the version that had it was deleted. */
export function createVersion(context: WriteContext, version: NewVersion): Promise<string> {
  requireTexts(version)
  return write(context, async (writer) => {
    const at = context.now()
    const modelId = await lockModel(writer, context, version.model)
    const origin = await resolveOrigin(writer, context.registry, version)
    const { last_version: number } = await writer
      .updateTable('local_model')
      .set((eb) => ({ last_version: eb('last_version', '+', 1), updated_at: at }))
      .where('id', '=', modelId)
      .returning('last_version')
      .executeTakeFirstOrThrow()
    const times = { created_at: at, updated_at: at }
    await writer
      .insertInto('local_version')
      .values({ model_id: modelId, number, ...toRow(version, origin), ...times })
      .execute()
    await putTags(writer, modelId, number, version.tags ?? [])
    return String(number)
  })
}

function requireTexts({ source, artifactUri, runId, digest, ...version }: NewVersion): void {
  if (runId) requireKey(runId, 'The id of the run')
  requireText(source ?? '', 'The source')
  requireText(artifactUri ?? '', 'The artifact URI')
  requireText(digest ?? '', 'The digest')
  requireText(version.description ?? '', 'The description')
  requireText(version.statusMessage ?? '', 'The status message')
  requireText(version.createdBy ?? '', 'The creator')
}

function toRow(version: NewVersion, origin: Origin) {
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

export function describeVersion(context: WriteContext, key: VersionKey, description: string): Promise<void> {
  requireText(description, 'The description')
  return writeVersion(context, key, async (writer, modelId, number) => {
    await writer
      .updateTable('local_version')
      .set({ description: description || null, updated_at: context.now() })
      .where('model_id', '=', modelId)
      .where('number', '=', number)
      .execute()
  })
}

/** With its tags and aliases. */
export function deleteVersion(context: WriteContext, key: VersionKey): Promise<void> {
  return writeVersion(context, key, async (writer, modelId, number) => {
    await writer
      .deleteFrom('local_version')
      .where('model_id', '=', modelId)
      .where('number', '=', number)
      .execute()
  })
}

/** The stage is found without regard to case. */
export function setStage(context: WriteContext, key: VersionKey, stage: string): Promise<void> {
  const { stages } = context.config
  const known = stages.find((candidate) => candidate.toLowerCase() === stage.toLowerCase())
  if (known === undefined) {
    const message = `There is no stage ${JSON.stringify(stage)}: the stages are ${stages.join(', ')}.`
    throw new RegistryError('BAD_USER_INPUT', message)
  }
  return writeVersion(context, key, async (writer, modelId, number) => {
    const updated_at = context.now()
    await writer
      .updateTable('local_version')
      .set({ stage: known, updated_at })
      .where('model_id', '=', modelId)
      .where('number', '=', number)
      .execute()
    await writer.updateTable('local_model').set({ updated_at }).where('id', '=', modelId).execute()
  })
}

export function setVersionTags(
  context: WriteContext,
  key: VersionKey,
  tags: readonly TagRecord[],
): Promise<void> {
  return writeVersion(context, key, (writer, modelId, number) => putTags(writer, modelId, number, tags))
}

export function deleteVersionTags(
  context: WriteContext,
  version: VersionKey,
  keys: readonly string[],
): Promise<void> {
  return writeVersion(context, version, async (writer, modelId, number) => {
    for (const key of keys.filter(isStorableText)) {
      await writer
        .deleteFrom('local_version_tag')
        .where('model_id', '=', modelId)
        .where('number', '=', number)
        .where('key', '=', key)
        .execute()
    }
  })
}

function writeVersion(
  context: WriteContext,
  key: VersionKey,
  work: (writer: Writer, modelId: string, number: number) => Promise<void>,
): Promise<void> {
  return write(context, async (writer) => {
    const modelId = await lockModel(writer, context, key.model)
    await work(writer, modelId, await requireVersion(writer, modelId, key))
  })
}

async function putTags(
  writer: Writer,
  modelId: string,
  number: number,
  tags: readonly TagRecord[],
): Promise<void> {
  for (const { key, value } of tags) {
    requireTag(key, value)
    await writer
      .insertInto('local_version_tag')
      .values({ model_id: modelId, number, key, value })
      .onConflict((conflict) => conflict.columns(['model_id', 'number', 'key']).doUpdateSet({ value }))
      .execute()
  }
}
