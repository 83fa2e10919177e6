import { maskTexts } from '../contract/index.ts'

export interface DatabaseLocation {
  readonly kind: 'sqlite' | 'postgres'
  /** SQLite's file. */
  readonly path: string
  /** For people: without the password. */
  readonly shown: string
  readonly password: string
}

const forms = '"sqlite:./folder/file.db", "sqlite::memory:" or "postgres://user:password@host:5432/name"'

export function parseDatabaseUrl(url: string): DatabaseLocation {
  if (url.startsWith('sqlite:')) return toSqliteLocation(url)
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Error(`database.url is neither for SQLite nor for PostgreSQL: write ${forms}.`)
  }
  // The error of an address that cannot be read holds the whole of it, so it is not passed on.
  const address = URL.parse(url)
  if (address === null) {
    throw new Error(
      `database.url is not a valid address: write ${forms}, with %-escapes for special characters in the password.`,
    )
  }
  return {
    kind: 'postgres',
    path: '',
    shown: `${address.protocol}//${address.host}${address.pathname}`,
    password: decodePassword(address),
  }
}

function toSqliteLocation(url: string): DatabaseLocation {
  const path = url.slice('sqlite:'.length)
  if (path === '' || /^\/\/[^/]/.test(path)) {
    throw new Error(
      `database.url names no file: write "sqlite:./folder/file.db" or "sqlite:/folder/file.db".`,
    )
  }
  return { kind: 'sqlite', path, shown: url, password: '' }
}

function decodePassword({ password, searchParams }: URL): string {
  const text = searchParams.get('password') ?? password
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Says what is wrong with the database and which setting to change. */
export function toOpenError({ shown, password }: DatabaseLocation, cause: unknown): Error {
  const reason = toReason(cause)
  const safe = maskTexts(reason, [password])
  return new Error(`The database ${shown} cannot be used: ${safe}. Set database.url to one that can.`)
}

function toReason(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(toReason).join('; ')
  if (!(cause instanceof Error)) return String(cause)
  if (cause.message.includes('previously executed migration')) {
    return 'a newer modelgate has changed its tables, so this version cannot read them'
  }
  return cause.message.replace(/\.$/, '')
}
