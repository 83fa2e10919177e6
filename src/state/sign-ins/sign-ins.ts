import { sql } from 'kysely'
import type { Caller } from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import { type SignInTables, signInTables } from './tables.ts'

export interface SignIn extends Pick<Caller, 'principal' | 'groups'> {
  /** SHA-256 of the browser's secret, in hexadecimal. */
  readonly digest: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Who is signed in by a browser, in all processes that share the gateway's database. */
export class SignIns {
  readonly #database: GatewayDatabase<SignInTables>

  constructor(database: GatewayDatabase) {
    this.#database = signInTables.in(database)
  }

  /** Those that are over go on this occasion. */
  async add({ digest, principal, groups, expiresAt }: SignIn): Promise<void> {
    const { queries } = this.#database
    await queries.deleteFrom('sign_in').where('expires_at', '<=', Date.now()).execute()
    const row = { digest, principal, groups: JSON.stringify(groups), expires_at: expiresAt }
    await queries.insertInto('sign_in').values(row).execute()
  }

  /** In the order of the digests. Null too when one is over. */
  async findAll(digests: readonly string[]): Promise<readonly (SignIn | null)[]> {
    const { queries, functions } = this.#database
    const rows = await queries
      .selectFrom('sign_in')
      .selectAll()
      .where(functions.inTexts(sql.ref('digest'), digests))
      .execute()
    const byDigest = new Map(rows.map((row) => [row.digest, row]))
    return digests.map((digest) => {
      const row = byDigest.get(digest)
      if (row === undefined || Number(row.expires_at) <= Date.now()) return null
      const { principal, groups, expires_at } = row
      return { digest, principal, groups: JSON.parse(groups) as string[], expiresAt: Number(expires_at) }
    })
  }

  async remove(digest: string): Promise<void> {
    await this.#database.queries.deleteFrom('sign_in').where('digest', '=', digest).execute()
  }
}
