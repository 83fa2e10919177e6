import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { compareCodePoints, RegistryError, type TagRecord } from '../../../contract/index.ts'
import { madeBefore } from '../../../state/made-before.ts'
import type { Write } from './transaction.ts'

const keptMs = 48 * 60 * 60 * 1000

/** What is made under an idempotency key. */
export interface KeyedWish {
  readonly kind: 'model' | 'version'
  readonly key: string | null
  /** Everything that was asked, in one form: see {@link digestOfWish}. */
  readonly wish: string
}

/**
 * What was made under the key before, else what is made now, kept in the same transaction: whoever comes with the
 * same key at the same time waits, and answers the same.
 *
 * @throws RegistryError IDEMPOTENCY_KEY_REUSED when something else was.
 */
export async function makeOnce(
  write: Write,
  { kind, key, wish }: KeyedWish,
  make: () => Promise<string>,
): Promise<string> {
  if (key === null) return make()
  await forgetOldKeys(write)
  const place = placeOf(write, kind, key)
  const claimed = await write.queries
    .insertInto('local_idempotency')
    .values({ ...place, made: '', wish, created_at: write.functions.now })
    .onConflict((conflict) => conflict.columns(['registry', 'kind', 'key_digest']).doNothing())
    .returning('kind')
    .executeTakeFirst()
  if (claimed === undefined) {
    const first = await findMade(write, kind, key)
    if (first !== null && (first.wish ?? wish) === wish) return first.made
    throw new RegistryError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for something else.')
  }
  const made = await make()
  await write.queries
    .updateTable('local_idempotency')
    .set({ made })
    .where(({ and }) => and(place))
    .execute()
  return made
}

export async function findMade(
  write: Write,
  kind: KeyedWish['kind'],
  key: string,
): Promise<{ readonly made: string; readonly wish: string | null } | null> {
  const row = await write.queries
    .selectFrom('local_idempotency')
    .select(['made', 'wish'])
    .where(({ and }) => and(placeOf(write, kind, key)))
    .executeTakeFirst()
  return row ?? null
}

/** For what was made under it and taken back. */
export async function freeKey(write: Write, kind: KeyedWish['kind'], key: string): Promise<void> {
  await write.queries
    .deleteFrom('local_idempotency')
    .where(({ and }) => and(placeOf(write, kind, key)))
    .execute()
}

export function digestOfWish(wish: readonly unknown[]): string {
  return digestOf(JSON.stringify(wish))
}

/** Tags in one form, in whatever order they were given. */
export function sortedPairs(tags: readonly TagRecord[]): (readonly [key: string, value: string])[] {
  return tags.map(({ key, value }) => [key, value] as const).toSorted(([a], [b]) => compareCodePoints(a, b))
}

async function forgetOldKeys({ queries, functions }: Write): Promise<void> {
  await queries
    .deleteFrom('local_idempotency')
    .where(madeBefore(sql.ref('created_at'), functions, keptMs))
    .execute()
}

function placeOf({ name }: Write, kind: KeyedWish['kind'], key: string) {
  return { registry: name, kind, key_digest: digestOf(key) }
}

/** Of a fixed length, and storable, whatever the text is. */
function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex')
}
