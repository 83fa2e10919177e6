import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { GrantChange, GrantChanges, GrantKey, GrantPlace, GrantStore } from '../../stores/grant-store.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { madeBefore } from '../made-before.ts'
import { type PermissionTables, permissionTables } from './tables.ts'

/** How long it is told that a grant was taken away; who has not looked for so long reads everything anew. */
const toldMs = 24 * 60 * 60 * 1000
/** Whoever waits for a write waits no longer for a database that is locked. */
const longestWaitMs = 5000

/** What was granted by commands: the same for all gateways on one database, each change with a revision of its own. */
export class PermissionGrants implements GrantStore {
  readonly #database: GatewayDatabase<PermissionTables>

  constructor(database: GatewayDatabase) {
    this.#database = permissionTables.in(database)
  }

  async revision(): Promise<number> {
    const { revision } = await this.#database.queries
      .selectFrom('permission_revision')
      .select('revision')
      .executeTakeFirstOrThrow()
    return Number(revision)
  }

  async changes(since: number | null): Promise<GrantChanges> {
    // What is changed meanwhile has a later revision, and is told again.
    const revision = await this.revision()
    const query = this.#database.queries
      .selectFrom('permission_grant')
      .select(['registry', 'model', 'principal', 'permission'])
    const changes = await (since === null
      ? query.where('permission', 'is not', null)
      : query.where('revision', '>', since)
    ).execute()
    return { revision, isAll: since === null, changes }
  }

  change(key: GrantKey, permission: string | null): Promise<string | null> {
    return this.#write(async (write) => {
      const before = await write.find(key)
      if (before !== permission) await write.put(key, permission)
      return before
    })
  }

  begin(place: GrantPlace, granted: { principal: string; permission: string } | null): Promise<void> {
    return this.#write(async (write) => {
      await write.end(place)
      if (granted) await write.put({ ...place, principal: granted.principal }, granted.permission)
    })
  }

  move(from: GrantPlace, to: GrantPlace): Promise<void> {
    return this.#write(async (write) => {
      await write.end(to)
      const moved = await write.end(from)
      for (const { principal, permission } of moved) await write.put({ ...to, principal }, permission)
    })
  }

  #write<T>(work: (write: GrantWrite) => Promise<T>): Promise<T> {
    const done = this.#database
      .queriesUntil(Date.now() + longestWaitMs)
      .transaction()
      .execute((queries) => work(new GrantWrite(queries, this.#database)))
    return beforeAnyWrite(done)
  }
}

class GrantWrite {
  readonly #queries: Kysely<PermissionTables>
  readonly #functions: GatewayDatabase['functions']
  #revision: number | null = null

  constructor(queries: Kysely<PermissionTables>, { functions }: Pick<GatewayDatabase, 'functions'>) {
    this.#queries = queries
    this.#functions = functions
  }

  async find(key: GrantKey): Promise<string | null> {
    await this.#begin()
    const row = await this.#queries
      .selectFrom('permission_grant')
      .select('permission')
      .where('id', '=', idOf(key))
      .executeTakeFirst()
    return row?.permission ?? null
  }

  async put({ registry, model, principal }: GrantKey, permission: string | null): Promise<void> {
    const key = { registry, model, principal }
    const changed = { permission, revision: await this.#begin(), changed_at: this.#functions.now }
    await this.#queries
      .insertInto('permission_grant')
      .values({ id: idOf(key), place: placeOf(key), ...key, ...changed })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
      .execute()
  }

  /** Answers what was there. */
  async end(place: GrantPlace): Promise<readonly GrantChange[]> {
    // Nothing is counted up for a place where nothing is.
    const found = await this.#queries
      .selectFrom('permission_grant')
      .select(['registry', 'model', 'principal', 'permission'])
      .where('place', '=', placeOf(place))
      .where('permission', 'is not', null)
      .execute()
    for (const key of found) await this.put(key, null)
    return found
  }

  /** One after the other, so that whoever sees a revision sees all before it. */
  async #begin(): Promise<number> {
    this.#revision ??= await this.#countUp()
    return this.#revision
  }

  async #countUp(): Promise<number> {
    const { revision } = await this.#queries
      .updateTable('permission_revision')
      .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
      .returning('revision')
      .executeTakeFirstOrThrow()
    await this.#queries
      .deleteFrom('permission_grant')
      .where('permission', 'is', null)
      .where(madeBefore(sql.ref('changed_at'), this.#functions, toldMs))
      .execute()
    return Number(revision)
  }
}

function idOf({ registry, model, principal }: GrantKey): string {
  return digestOf([registry, model, principal])
}

function placeOf({ registry, model }: GrantPlace): string {
  return digestOf([registry, model])
}

function digestOf(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url')
}
