import { randomUUID } from 'node:crypto'
import { RegistryError, type TagRecord } from '../../../contract/index.ts'
import { isUniqueViolation } from '../../../state/database-failure.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireModelName, requireTag, requireText } from '../naming.ts'
import { lockModel, type WriteContext, type Writer, write } from './transaction.ts'

export interface NewModel {
  readonly name: string
  readonly description?: string | null
  readonly tags?: readonly TagRecord[]
}

export function createModel(context: WriteContext, model: NewModel): Promise<void> {
  requireModelName(model.name)
  requireText(model.description ?? '', 'The description')
  return write(context, async (writer) => {
    const id = randomUUID()
    const created = await writer
      .insertInto('local_model')
      .values({ id, ...toRow(context, model) })
      .onConflict((conflict) => conflict.columns(['registry', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (created === undefined) throw alreadyThere(model.name)
    await putTags(writer, id, model.tags ?? [])
  })
}

function toRow({ registry, now }: WriteContext, { name, description }: NewModel) {
  const at = now()
  return { registry, name, description: description || null, last_version: 0, created_at: at, updated_at: at }
}

export function renameModel(context: WriteContext, name: string, newName: string): Promise<void> {
  requireModelName(newName)
  return write(context, async (writer) => {
    const id = await lockModel(writer, context, name)
    try {
      await writer
        .updateTable('local_model')
        .set({ name: newName, updated_at: context.now() })
        .where('id', '=', id)
        .execute()
    } catch (error) {
      throw isUniqueViolation(error) ? alreadyThere(newName) : error
    }
  })
}

export function describeModel(context: WriteContext, name: string, description: string): Promise<void> {
  requireText(description, 'The description')
  return write(context, async (writer) => {
    const id = await lockModel(writer, context, name)
    await writer
      .updateTable('local_model')
      .set({ description: description || null, updated_at: context.now() })
      .where('id', '=', id)
      .execute()
  })
}

/** With its versions, tags and aliases; runs stay. */
export function deleteModel(context: WriteContext, name: string): Promise<void> {
  return write(context, async (writer) => {
    const id = await lockModel(writer, context, name)
    await writer.deleteFrom('local_model').where('id', '=', id).execute()
  })
}

export function setModelTags(context: WriteContext, name: string, tags: readonly TagRecord[]): Promise<void> {
  return write(context, async (writer) => putTags(writer, await lockModel(writer, context, name), tags))
}

export function deleteModelTags(context: WriteContext, name: string, keys: readonly string[]): Promise<void> {
  return write(context, async (writer) => {
    const id = await lockModel(writer, context, name)
    for (const key of keys.filter(isStorableText)) {
      await writer.deleteFrom('local_model_tag').where('model_id', '=', id).where('key', '=', key).execute()
    }
  })
}

async function putTags(writer: Writer, modelId: string, tags: readonly TagRecord[]): Promise<void> {
  for (const { key, value } of tags) {
    requireTag(key, value)
    await writer
      .insertInto('local_model_tag')
      .values({ model_id: modelId, key, value })
      .onConflict((conflict) => conflict.columns(['model_id', 'key']).doUpdateSet({ value }))
      .execute()
  }
}

function alreadyThere(name: string): RegistryError {
  return new RegistryError('ALREADY_EXISTS', `There is a model ${JSON.stringify(name)} already.`)
}
