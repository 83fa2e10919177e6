import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type Call,
  type ModelWrites,
  type NewModel,
  RegistryError,
  type TagRecord,
} from '../../../contract/index.ts'
import { isUniqueViolation } from '../../../state/database-failure.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireModelName, requireTag, requireText } from '../naming.ts'
import { digestOfWish, findMade, freeKey, makeOnce, sortedPairs } from '../store/idempotency.ts'
import { namePartsOf } from '../store/name-parts.ts'
import type { LocalModelTagRow } from '../store/tables.ts'
import { lockModel, lockModelById, runWrite, type StoreContext, type Write } from '../store/transaction.ts'

/** What is left out is as `null` or none. */
export type NewLocalModel = Pick<NewModel, 'name'> & Partial<NewModel>

export function modelWrites(context: StoreContext) {
  /** Once the model is locked. */
  const change = (
    call: Call | undefined,
    name: string,
    work: (write: Write, id: string) => Promise<unknown>,
  ): Promise<void> =>
    runWrite(context, call, async (write) => {
      await work(write, await lockModel(write, name))
    })
  return {
    async create(model: NewLocalModel, call?: Call): Promise<void> {
      requireModelName(model.name)
      requireText(model.description ?? '', 'The description')
      const wish = { kind: 'model', key: model.idempotencyKey ?? null, wish: wishOf(model) } as const
      await runWrite(context, call, (write) => makeOnce(write, wish, () => insertModel(write, model)))
    },
    async describe(name: string, description: string | null, call?: Call): Promise<void> {
      requireText(description ?? '', 'The description')
      await change(call, name, (write, id) => updateModel(write, id, { description: description || null }))
    },
    setTags: (name: string, tags: readonly TagRecord[], call?: Call) =>
      change(call, name, async (write, id) => putTags(write, await modelPlace(write, id), tags)),
    deleteTags: (name: string, keys: readonly string[], call?: Call) =>
      change(call, name, (write, id) => removeTags(write, id, keys)),
    async rename(name: string, newName: string, call?: Call): Promise<void> {
      requireModelName(newName)
      await change(call, name, (write, id) => renameModel(write, id, name, newName))
    },
    /** Runs stay. */
    delete: (name: string, call?: Call) => change(call, name, (write, id) => deleteModel(write, id, name)),
    takeBack: (name: string, key: string, call?: Call) =>
      runWrite(context, call, (write) => takeBackModel(write, name, key)),
  } satisfies Required<ModelWrites>
}

async function insertModel(write: Write, { name, description, tags = [] }: NewLocalModel): Promise<string> {
  const id = randomUUID()
  const at = write.now()
  const created = await write.queries
    .insertInto('local_model')
    .values({
      id,
      registry: write.name,
      name,
      description: description || null,
      last_version: 0,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['registry', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (created === undefined) throw alreadyThere(name)
  write.changed.add(name)
  await putNameParts(write, name)
  await putTags(write, { model_id: id, model_name: name, created_at: at }, tags)
  return id
}

async function takeBackModel(write: Write, name: string, key: string): Promise<boolean> {
  const made = await findMade(write, 'model', key)
  if (made === null) return true
  const model = await lockModelById(write, made.made)
  if (model !== null) {
    const tags = await write.queries
      .selectFrom('local_model_tag')
      .select(['key', 'value'])
      .where('model_id', '=', made.made)
      .execute()
    const isAsMade = model.name === name && wishOf({ ...model, tags }) === made.wish
    if (model.last_version !== 0 || !isAsMade) return false
    await deleteModel(write, made.made, name)
  }
  await freeKey(write, 'model', key)
  return true
}

function wishOf({ name, description, tags = [] }: Omit<NewLocalModel, 'idempotencyKey'>): string {
  return digestOfWish([name, description || null, sortedPairs(tags)])
}

async function renameModel(write: Write, id: string, oldName: string, name: string): Promise<void> {
  write.changed.add(name)
  try {
    await updateModel(write, id, { name })
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere(name) : error
  }
  for (const table of ['local_model_tag', 'local_version', 'local_version_tag'] as const) {
    await write.queries.updateTable(table).set({ model_name: name }).where('model_id', '=', id).execute()
  }
  await removeNameParts(write, oldName)
  await putNameParts(write, name)
}

async function deleteModel(write: Write, id: string, name: string): Promise<void> {
  await write.queries.deleteFrom('local_model').where('id', '=', id).execute()
  await removeNameParts(write, name)
}

async function putNameParts({ queries, name: registry }: Write, name: string): Promise<void> {
  const parts = namePartsOf(name)
  if (parts.length === 0) return
  await queries
    .insertInto('local_name_part')
    .values(parts.map((part) => ({ registry, part, model_name: name })))
    .execute()
}

async function removeNameParts({ queries, functions, name: registry }: Write, name: string): Promise<void> {
  await queries
    .deleteFrom('local_name_part')
    .where('registry', '=', registry)
    .where(functions.inTexts(sql.ref('part'), namePartsOf(name)))
    .where('model_name', '=', name)
    .execute()
}

type ModelPlace = Pick<LocalModelTagRow, 'model_id' | 'model_name' | 'created_at'>

function modelPlace({ queries }: Write, id: string): Promise<ModelPlace> {
  return queries
    .selectFrom('local_model')
    .select(['id as model_id', 'name as model_name', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

async function updateModel(
  { queries, now }: Write,
  id: string,
  values: { readonly name: string } | { readonly description: string | null },
): Promise<void> {
  await queries
    .updateTable('local_model')
    .set({ ...values, updated_at: now() })
    .where('id', '=', id)
    .execute()
}

async function putTags(
  { queries, name: registry }: Write,
  place: ModelPlace,
  tags: readonly TagRecord[],
): Promise<void> {
  for (const { key, value } of tags) {
    requireTag(key, value)
    await queries
      .insertInto('local_model_tag')
      .values({ ...place, registry, key, value })
      .onConflict((conflict) => conflict.columns(['model_id', 'key']).doUpdateSet({ value }))
      .execute()
  }
}

async function removeTags({ queries }: Write, modelId: string, keys: readonly string[]): Promise<void> {
  for (const key of keys.filter(isStorableText)) {
    await queries
      .deleteFrom('local_model_tag')
      .where('model_id', '=', modelId)
      .where('key', '=', key)
      .execute()
  }
}

function alreadyThere(name: string): RegistryError {
  return new RegistryError('ALREADY_EXISTS', `There is a model ${JSON.stringify(name)} already.`)
}
