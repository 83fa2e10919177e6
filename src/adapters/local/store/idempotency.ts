import { createHash } from 'node:crypto'
import type { Write } from './transaction.ts'

const keptMs = 48 * 60 * 60 * 1000

/**
 * What was made under the key before, else what is made now, kept in the same transaction: whoever comes with the
 * same key at the same time waits, and answers the same.
 */
export async function makeOnce(
  write: Write,
  kind: 'model' | 'version',
  key: string | null,
  make: () => Promise<string>,
): Promise<string> {
  if (key === null) return make()
  await forgetOldKeys(write)
  const place = { registry: write.name, kind, key_digest: digestOf(key) }
  const claimed = await write.queries
    .insertInto('local_idempotency')
    .values({ ...place, made: '', created_at: write.now() })
    .onConflict((conflict) => conflict.columns(['registry', 'kind', 'key_digest']).doNothing())
    .returning('kind')
    .executeTakeFirst()
  if (claimed === undefined) {
    const first = await write.queries
      .selectFrom('local_idempotency')
      .select('made')
      .where(({ and }) => and(place))
      .executeTakeFirstOrThrow()
    return first.made
  }
  const made = await make()
  await write.queries
    .updateTable('local_idempotency')
    .set({ made })
    .where(({ and }) => and(place))
    .execute()
  return made
}

async function forgetOldKeys({ queries, now }: Write): Promise<void> {
  await queries
    .deleteFrom('local_idempotency')
    .where('created_at', '<', now() - keptMs)
    .execute()
}

/** Of a fixed length, and storable, whatever the key is. */
function digestOf(key: string): string {
  return createHash('sha256').update(key, 'utf16le').digest('hex')
}
