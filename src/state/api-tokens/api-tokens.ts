import { type Selectable, sql } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import { isUniqueViolation } from '../database-failure.ts'
import { type ApiTokenRow, type ApiTokenTables, apiTokenTables } from './tables.ts'

/** What is known of a token, which is not the token. */
export interface ApiToken {
  readonly name: string
  readonly groups: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly isExpired: boolean
}

export interface NewApiToken {
  readonly name: string
  /** SHA-256 of the token, in hexadecimal. */
  readonly digest: string
  readonly groups: readonly string[]
  /** Null: never. */
  readonly expiresInMs: number | null
}

/** Credentials of programs, under the name that each was given. */
export class ApiTokens {
  readonly #database: GatewayDatabase<ApiTokenTables>

  constructor(database: GatewayDatabase) {
    this.#database = apiTokenTables.in(database)
  }

  /** Null when there is one of this name. */
  async add({ name, digest, groups, expiresInMs }: NewApiToken): Promise<ApiToken | null> {
    const createdAt = Date.now()
    const expires_at = expiresInMs === null ? null : createdAt + expiresInMs
    const row = { name, digest, groups: JSON.stringify(groups), created_at: createdAt, expires_at }
    try {
      await this.#database.queries.insertInto('api_token').values(row).execute()
      return toToken(row)
    } catch (error) {
      if (isUniqueViolation(error)) return null
      throw error
    }
  }

  /** In the order of the digests. Null too when one has expired. */
  async findAll(digests: readonly string[]): Promise<readonly (ApiToken | null)[]> {
    const { queries, functions } = this.#database
    const rows = await queries
      .selectFrom('api_token')
      .selectAll()
      .where(functions.inTexts(sql.ref('digest'), digests))
      .execute()
    const byDigest = new Map(rows.map((row) => [row.digest, toToken(row)]))
    return digests.map((digest) => {
      const token = byDigest.get(digest)
      return token && !token.isExpired ? token : null
    })
  }

  /** By name. */
  async list(): Promise<readonly ApiToken[]> {
    const rows = await this.#database.queries.selectFrom('api_token').selectAll().orderBy('name').execute()
    return rows.map(toToken)
  }

  /** False when there is none of this name. */
  async remove(name: string): Promise<boolean> {
    const query = this.#database.queries.deleteFrom('api_token').where('name', '=', name)
    const { numDeletedRows } = await query.executeTakeFirst()
    return numDeletedRows > 0n
  }
}

function toToken({ name, groups, created_at, expires_at }: Selectable<ApiTokenRow>): ApiToken {
  return {
    name,
    groups: JSON.parse(groups) as string[],
    createdAt: new Date(Number(created_at)),
    expiresAt: expires_at === null ? null : new Date(Number(expires_at)),
    isExpired: expires_at !== null && Number(expires_at) <= Date.now(),
  }
}
