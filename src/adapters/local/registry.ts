import { type Call, RegistryError } from '../../contract/index.ts'
import type { GatewayDatabase } from '../../state/database.ts'
import { isDatabaseUnavailable } from '../../state/database-failure.ts'
import type { LocalConfig } from './config.ts'

/** One of the registries that a database holds. */
export interface LocalRegistry {
  readonly name: string
  readonly database: GatewayDatabase
  readonly config: LocalConfig
  /** Fires when the registry is closed; the database, which others use too, stays open. */
  readonly closed: AbortSignal
}

/** As of Kysely's query builders. */
interface Statement<Row> {
  execute(options: {
    signal: AbortSignal
    inflightQueryAbortStrategy: GatewayDatabase['abortStrategy']
  }): Promise<Row[]>
}

/** Runs one statement as one request of the call. */
export async function runStatement<Row>(
  { name, database, closed }: LocalRegistry,
  call: Call,
  statement: Statement<Row>,
): Promise<Row[]> {
  const signal = AbortSignal.any([call.signal, closed])
  if (!signal.aborted) call.countRequest()
  try {
    signal.throwIfAborted()
    return await statement.execute({ signal, inflightQueryAbortStrategy: database.abortStrategy })
  } catch (error) {
    if (closed.aborted) throw new RegistryError('REGISTRY_UNAVAILABLE', `The registry "${name}" is closed.`)
    if (call.signal.aborted) {
      throw new RegistryError('REGISTRY_TIMEOUT', `The registry "${name}" gave no answer by the deadline.`, {
        cause: error,
      })
    }
    throw toRegistryError(name, error)
  }
}

/** The database's own words stay in the cause. */
export function toRegistryError(registry: string, cause: unknown): RegistryError {
  if (RegistryError.is(cause)) return cause
  if (isDatabaseUnavailable(cause)) {
    const message = `The database of the registry "${registry}" cannot be reached or is busy.`
    return new RegistryError('REGISTRY_UNAVAILABLE', message, { cause })
  }
  return new RegistryError('REGISTRY_ERROR', `The database of the registry "${registry}" failed.`, { cause })
}
