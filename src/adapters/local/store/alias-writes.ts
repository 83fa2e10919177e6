import type { AliasKey } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireAlias } from '../naming.ts'
import { lockModel, requireVersion, type WriteContext, type Writer, write } from './transaction.ts'

/** Moves the alias when it is there. Answers the version that held it before. */
export function setAlias(
  context: WriteContext,
  { model, alias }: AliasKey,
  version: string,
): Promise<string | null> {
  requireAlias(alias)
  return write(context, async (writer) => {
    const modelId = await lockModel(writer, context, model)
    const number = await requireVersion(writer, modelId, { model, version })
    const previous = await getHolder(writer, modelId, alias)
    await writer
      .insertInto('local_alias')
      .values({ model_id: modelId, name: alias, number })
      .onConflict((conflict) => conflict.columns(['model_id', 'name']).doUpdateSet({ number }))
      .execute()
    return previous
  })
}

/** Answers the version that held it. */
export function deleteAlias(context: WriteContext, { model, alias }: AliasKey): Promise<string | null> {
  return write(context, async (writer) => {
    const modelId = await lockModel(writer, context, model)
    if (!isStorableText(alias)) return null
    const previous = await getHolder(writer, modelId, alias)
    await writer.deleteFrom('local_alias').where('model_id', '=', modelId).where('name', '=', alias).execute()
    return previous
  })
}

async function getHolder(writer: Writer, modelId: string, alias: string): Promise<string | null> {
  const row = await writer
    .selectFrom('local_alias')
    .select('number')
    .where('model_id', '=', modelId)
    .where('name', '=', alias)
    .executeTakeFirst()
  return row === undefined ? null : String(row.number)
}
