import {
  type AliasKey,
  type AliasMove,
  type AliasWrites,
  assertHolder,
  type Call,
  type Expected,
} from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { requireAlias } from '../naming.ts'
import { lockModel, lockVersion, runWrite, type StoreContext, type Write } from '../store/transaction.ts'

export function aliasWrites(context: StoreContext) {
  return {
    async set(
      key: AliasKey,
      version: string,
      expected?: Expected<string | null>,
      call?: Call,
    ): Promise<AliasMove> {
      requireAlias(key.alias)
      return runWrite(context, call, async (write) => {
        const { modelId, number } = await lockVersion(write, { model: key.model, version })
        const previous = await requireHolder(write, modelId, key, expected)
        await write.queries
          .insertInto('local_alias')
          .values({ model_id: modelId, name: key.alias, number })
          .onConflict((conflict) => conflict.columns(['model_id', 'name']).doUpdateSet({ number }))
          .execute()
        return { previous }
      })
    },
    delete: (key: AliasKey, expected?: Expected<string>, call?: Call): Promise<AliasMove> =>
      runWrite(context, call, async (write) => {
        const modelId = await lockModel(write, key.model)
        const previous = await requireHolder(write, modelId, key, expected)
        if (previous !== null) {
          await write.queries
            .deleteFrom('local_alias')
            .where('model_id', '=', modelId)
            .where('name', '=', key.alias)
            .execute()
        }
        return { previous }
      }),
  } satisfies AliasWrites
}

/** Who holds the alias now, as long as that is who is expected. */
async function requireHolder(
  { queries }: Write,
  modelId: string,
  { model, alias }: AliasKey,
  expected: Expected<string | null>,
): Promise<string | null> {
  const row = isStorableText(alias)
    ? await queries
        .selectFrom('local_alias')
        .select('number')
        .where('model_id', '=', modelId)
        .where('name', '=', alias)
        .executeTakeFirst()
    : undefined
  const current = row === undefined ? null : String(row.number)
  assertHolder({ model, alias }, current, expected)
  return current
}
