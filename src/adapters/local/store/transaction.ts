import type { Kysely } from 'kysely'
import { RegistryError, type VersionKey } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import type { GatewayTables } from '../../../state/tables.ts'
import type { LocalConfig } from '../config.ts'
import { toRegistryError } from '../registry.ts'
import { toVersionNumber } from '../version-rows.ts'

/** What every write knows of the registry it writes to. */
export interface WriteContext {
  readonly queries: Writer
  readonly registry: string
  readonly config: LocalConfig
  readonly now: () => number
}

export type Writer = Kysely<GatewayTables>

/** All or nothing. Within a transaction that is under way already it is a part of that. */
export async function write<T>(
  { queries, registry }: WriteContext,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  try {
    if (queries.isTransaction) return await work(queries)
    return await queries.transaction().execute((transaction) => work(transaction))
  } catch (error) {
    throw toRegistryError(registry, error)
  }
}

/**
 * Every write to a model starts here: it waits for the others that write to the same model, and what it reads
 * afterwards stays as it is until it is done. An update is the one lock that both databases have.
 */
export async function lockModel(writer: Writer, { registry }: WriteContext, name: string): Promise<string> {
  if (!isStorableText(name)) throw noModel(name)
  const row = await writer
    .updateTable('local_model')
    .set((eb) => ({ last_version: eb.ref('last_version') }))
    .where('registry', '=', registry)
    .where('name', '=', name)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) throw noModel(name)
  return row.id
}

function noModel(name: string): RegistryError {
  return new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

/** The number of a version of the locked model. */
export async function requireVersion(writer: Writer, modelId: string, key: VersionKey): Promise<number> {
  const number = toVersionNumber(key.version)
  const row = await writer
    .selectFrom('local_version')
    .select('number')
    .where('model_id', '=', modelId)
    .where('number', '=', number ?? -1)
    .executeTakeFirst()
  if (row !== undefined) return row.number
  const [model, version] = [key.model, key.version].map((text) => JSON.stringify(text))
  throw new RegistryError('NOT_FOUND', `The model ${model} has no version ${version}.`)
}
