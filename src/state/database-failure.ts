import { isLocked, SqliteGoneError, sqliteCodeOf } from './sqlite/sqlite-error.ts'

const sqliteUniqueViolations = new Set([1555, 2067])
const systemFailures = /^E(CONN|HOST|NET|PIPE|TIMEDOUT|AI_)/
/** Connection lost, server going down or starting, too many connections, lock given up on. */
const postgresUnavailable = /^(08...|57P0.|53300|55P03|40P01|40001)$/
const poolFailures =
  /timeout exceeded when trying to connect|Connection terminated|driver has already been destroyed/

/** Whether another try may well succeed, as the database could not be reached or was held by others. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.some(isDatabaseUnavailable)) return true
  const code = codeOf(error)
  return (
    error instanceof SqliteGoneError ||
    isLocked(error) ||
    systemFailures.test(code) ||
    postgresUnavailable.test(code) ||
    poolFailures.test(error.message)
  )
}

/** Whether others held it for as long as somebody waited. */
export function isDatabaseBusy(error: unknown): boolean {
  return isLocked(error) || (error instanceof Error && codeOf(error) === '55P03')
}

const fullDisk = 'its disk is full'
const readOnly = 'it is read-only'
/** SQLITE_READONLY and SQLITE_FULL. */
const sqliteRefusals: Readonly<Record<number, string>> = { 8: readOnly, 13: fullDisk }
const postgresRefusals: Readonly<Record<string, string>> = { '25006': readOnly, '53100': fullDisk }

/**
 * Why a database that goes on answering cannot write at present, in words; null when that is not what failed. Nothing
 * of the write is there then, nor of the transaction that it belonged to.
 */
export function writeRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  return sqliteRefusals[sqliteCodeOf(error) & 0xff] ?? postgresRefusals[codeOf(error)] ?? null
}

export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return codeOf(error) === '23505' || sqliteUniqueViolations.has(sqliteCodeOf(error))
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
