import { type Call, RegistryError, type RegistryErrorOptions } from '../../contract/index.ts'
import type { GatewayDatabase } from '../../state/database.ts'
import { isDatabaseUnavailable, writeRefusal } from '../../state/database-failure.ts'
import type { LocalConfig } from './config.ts'
import type { LocalTables } from './store/tables.ts'

/** One of the registries that a database holds. */
export interface LocalRegistry {
  readonly name: string
  readonly database: GatewayDatabase<LocalTables>
  readonly config: LocalConfig
  /** Where other registries keep files, some of which may lie below the artifactFolder of this one. */
  readonly foreignFolders: readonly string[]
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
  registry: LocalRegistry,
  call: Call,
  statement: Statement<Row>,
): Promise<Row[]> {
  const signal = AbortSignal.any([call.signal, registry.closed])
  if (!signal.aborted) call.countRequest()
  try {
    signal.throwIfAborted()
    const inflightQueryAbortStrategy = registry.database.abortStrategy
    return await statement.execute({ signal, inflightQueryAbortStrategy })
  } catch (cause) {
    throw toRegistryError(registry, call, cause)
  }
}

/** The words of whatever failed below stay in the cause. */
export function toRegistryError(
  registry: ClosableRegistry,
  call: Call | undefined,
  cause: unknown,
  nothingWritten = false,
): RegistryError {
  if (RegistryError.is(cause)) return cause
  const options = { cause, nothingWritten }
  const brokenOff = toBrokenOff(registry, call, options)
  if (brokenOff !== null) return brokenOff
  const database = `The database of the registry "${registry.name}"`
  const refusal = writeRefusal(cause)
  if (refusal !== null) {
    const message = `${database} cannot write at present: ${refusal}. Try again when that is mended.`
    return new RegistryError('REGISTRY_UNAVAILABLE', message, { cause, nothingWritten: true })
  }
  const advice = nothingWritten ? ' Nothing was written; try again later.' : ''
  return isDatabaseUnavailable(cause)
    ? new RegistryError('REGISTRY_UNAVAILABLE', `${database} cannot be reached or is busy.${advice}`, options)
    : new RegistryError('REGISTRY_ERROR', `${database} failed.`, options)
}

type ClosableRegistry = Pick<LocalRegistry, 'name' | 'closed'>

/** `null` when whatever failed did so by itself. */
export function toBrokenOff(
  { name, closed }: ClosableRegistry,
  call: Call | undefined,
  options: RegistryErrorOptions,
): RegistryError | null {
  if (closed.aborted)
    return new RegistryError('REGISTRY_UNAVAILABLE', `The registry "${name}" is closed.`, options)
  if (!call?.signal.aborted) return null
  return new RegistryError(
    'REGISTRY_TIMEOUT',
    `The registry "${name}" gave no answer by the deadline.`,
    options,
  )
}
