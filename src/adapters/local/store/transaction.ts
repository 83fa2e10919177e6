import { type Kysely, sql } from 'kysely'
import { type Call, RegistryError, type VersionKey } from '../../../contract/index.ts'
import type { GatewayDatabase } from '../../../state/database.ts'
import type { SqlFunctions } from '../../../state/sql-functions.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { toVersionNumber } from '../reads/version-rows.ts'
import { type LocalRegistry, toRegistryError } from '../registry.ts'
import { noteChanges } from './feed.ts'
import type { LocalTables } from './tables.ts'

/** What a write needs of the database. */
export type StorePart = 'kind' | 'queries' | 'queriesUntil' | 'functions'

/** What every write knows of the registry it writes to. */
export interface StoreContext extends Omit<LocalRegistry, 'database' | 'foreignFolders'> {
  readonly database: Pick<GatewayDatabase<LocalTables>, StorePart>
  readonly now: () => number
}

/** One write under way. */
export interface Write extends Omit<StoreContext, 'database' | 'closed'> {
  readonly queries: Kysely<LocalTables>
  readonly functions: SqlFunctions
  /** Names of models of which something is changed, for the feed. */
  readonly changed: Set<string>
}

/**
 * All or nothing. Within a transaction that is under way already it is a part of that. Whoever leaves by the signal
 * before the commit leaves nothing behind.
 */
export async function runWrite<T>(
  context: StoreContext,
  call: Call | undefined,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const { database, closed, ...registry } = context
  const { queries, functions } = database
  const signal = call === undefined ? closed : AbortSignal.any([call.signal, closed])
  let committing = false
  try {
    signal.throwIfAborted()
    call?.countRequest()
    const doAndNote = async (within: Kysely<LocalTables>) => {
      const write: Write = { ...registry, functions, queries: within, changed: new Set() }
      const result = await work(write)
      await noteChanges(write)
      return result
    }
    if (queries.isTransaction) return await doAndNote(queries)
    const own = call === undefined ? queries : database.queriesUntil(call.deadline)
    const done = own.transaction().execute(async (transaction) => {
      signal.throwIfAborted()
      if (call !== undefined && database.kind === 'postgres') await limitWaiting(transaction, call)
      const result = await doAndNote(transaction)
      signal.throwIfAborted()
      committing = true
      return result
    })
    return await untilAborted(done, signal)
  } catch (cause) {
    throw toRegistryError(context, call, cause, !committing)
  }
}

/** Time enough to say that it waits for others, rather than that there was no answer. */
const lastMomentMs = 50

/** For other writes: no longer than anybody waits for this one. SQLite has one write at a time. */
async function limitWaiting(queries: Kysely<LocalTables>, { deadline }: Call): Promise<void> {
  const milliseconds = Math.max(1, Math.ceil(deadline - Date.now()) - lastMomentMs)
  await sql`select set_config('lock_timeout', ${String(milliseconds)}, true)`.execute(queries)
}

/**
 * Every write to a model starts here: it waits for the others that write to the same model, and what it reads
 * afterwards stays as it is until it is done. An update is the one lock that both databases have.
 */
export async function lockModel({ queries, name: registry, changed }: Write, name: string): Promise<string> {
  if (!isStorableText(name)) throw noModel(name)
  const row = await queries
    .updateTable('local_model')
    .set((eb) => ({ last_version: eb.ref('last_version') }))
    .where('registry', '=', registry)
    .where('name', '=', name)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) throw noModel(name)
  changed.add(name)
  return row.id
}

/** As {@link lockModel}, whatever it is called by now; `null` when it is gone. */
export async function lockModelById({ queries, changed }: Write, id: string) {
  const row = await queries
    .updateTable('local_model')
    .set((eb) => ({ last_version: eb.ref('last_version') }))
    .where('id', '=', id)
    .returning(['name', 'description', 'last_version'])
    .executeTakeFirst()
  if (row !== undefined) changed.add(row.name)
  return row ?? null
}

function noModel(name: string): RegistryError {
  return new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

/** A version whose model is locked. */
export interface LockedVersion {
  readonly modelId: string
  readonly modelName: string
  readonly number: number
  readonly stage: string
  readonly createdAt: number
}

export async function lockVersion(write: Write, { model, version }: VersionKey): Promise<LockedVersion> {
  const modelId = await lockModel(write, model)
  const row = await write.queries
    .selectFrom('local_version')
    .select(['number', 'stage', 'created_at as createdAt'])
    .where('model_id', '=', modelId)
    .where('number', '=', toVersionNumber(version) ?? -1)
    .executeTakeFirst()
  if (row !== undefined) return { modelId, modelName: model, ...row }
  const message = `The model ${JSON.stringify(model)} has no version ${JSON.stringify(version)}.`
  throw new RegistryError('NOT_FOUND', message)
}
