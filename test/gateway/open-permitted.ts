import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { loadConfig } from '../../src/config/index.ts'
import type { Logger } from '../../src/contract/index.ts'
import type { Catalog } from '../../src/federation/catalog/catalog.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import type { Asking } from '../../src/federation/permissions/caller-access.ts'
import type { PermissionSettings, Permissions } from '../../src/federation/permissions/permissions.ts'
import { Permissions as KnownPermissions } from '../../src/federation/permissions/permissions.ts'
import type { PermissionLevel } from '../../src/federation/records/permission.ts'
import { Session } from '../../src/federation/session/session.ts'
import { accessOf } from '../../src/gateway/access-of.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openFederation, openPermissions } from '../../src/gateway/open-federation.ts'
import { graphqlDoors } from '../../src/graphql/graphql-doors.ts'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { signedIn } from '../../src/server/caller.ts'
import { createHttpServer } from '../../src/server/http-server.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { PermissionGrants } from '../../src/state/permissions/permission-grants.ts'
import type { AnyJson } from '../environment/any-json.ts'
import { silent } from '../state/database-source.ts'
import type { Answer } from './open-gateway.ts'

/** Who asks in a test; `default`: in a gateway with this default, all else the same. */
export interface Who extends Partial<Asking> {
  readonly principal: string
  readonly default?: PermissionLevel
}

export const boss: Who = { principal: 'user:boss' }
export const nobody: Who = { principal: 'user:anonymous', isSignedIn: false }

export interface PermittedGateway {
  readonly url: string
  readonly permissions: Permissions
  readonly database: GatewayDatabase
  readonly catalog: Catalog
  /** The answer as it goes over the wire. */
  askText(who: Who, query: string, variables?: object, headers?: Record<string, string>): Promise<string>
  ask(who: Who, query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>
  /** Fails where there are errors. */
  data(who: Who, query: string, variables?: object): Promise<AnyJson>
  /** Reads all registries into the catalog, or these. */
  sync(...registries: string[]): Promise<void>
  close(): Promise<void>
}

/** The house as the gateway puts it together, where each request says itself who asks. `user:boss` administers it. */
export async function openPermitted(config: object, log: Logger = silent): Promise<PermittedGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-permitted-'))
  const file = join(folder, 'modelgate.yaml')
  const whole = { database: { url: 'sqlite::memory:' }, administrators: ['user:boss'], ...config }
  writeFileSync(file, stringify(whole))
  const loaded = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
  const database = await openGatewayDatabase(loaded.database.url, { log })
  const permissions = openPermissions(loaded, database, log)
  const context = await openFederation(loaded, database, log, permissions)
  const { federation, catalog, upkeep } = context
  const opened = new Map<string, Permissions>([[loaded.permissions.default, permissions]])
  const withDefault = (level: PermissionLevel): Permissions => {
    const settings: PermissionSettings = {
      ...loaded.permissions,
      administrators: loaded.administrators,
      anonymous: loaded.auth?.anonymous ?? 'NO_PERMISSIONS',
      default: level,
    }
    const known = opened.get(level) ?? new KnownPermissions(settings, new PermissionGrants(database), log)
    opened.set(level, known)
    return known
  }
  await permissions.start()
  const server = await createHttpServer({
    doors: graphqlDoors({ schema: createSchema(resolvers), log }),
    identify: async ({ headers }) => {
      const { groups = [], isSignedIn = true, ...who } = JSON.parse(String(headers.who)) as Who
      return { ...who, groups, via: isSignedIn ? 'proxy' : 'anonymous' }
    },
    openSession: async ({ requestId, deadlineMs, signal, caller }) => {
      const { default: level = loaded.permissions.default } = caller as unknown as Who
      const asked = withDefault(level)
      if (asked !== permissions) await asked.look()
      const access = await accessOf(caller, asked)
      return new Session(federation, { deadlineMs, signal, caller: signedIn(caller), access, requestId })
    },
    log,
    readiness: async () => ({ isReady: true, trouble: null }),
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const askText: PermittedGateway['askText'] = async (who, query, variables = {}, headers = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', who: JSON.stringify(who), ...headers },
      body: JSON.stringify({ query, variables }),
    })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text}`)
    return text
  }
  const ask: PermittedGateway['ask'] = async (...given) => JSON.parse(await askText(...given))
  return {
    url,
    permissions,
    database,
    catalog,
    askText,
    ask,
    async data(...given) {
      const { data, errors } = await ask(...given)
      if (errors) throw new Error(JSON.stringify(errors))
      return data
    },
    async sync(...registries) {
      await upkeep.adoptIfNone()
      await upkeep.settle()
      const wish = { fullSince: Date.now(), waitMs: 10_000, signal: new AbortController().signal }
      for (const [name, settings] of catalog.settings) {
        if (registries.length > 0 && !registries.includes(name)) continue
        const { problem } = await syncOnce(context, name, settings, wish)
        if (problem) throw new Error(`${name}: ${problem.message}`)
      }
    },
    async close() {
      await server.close()
      await permissions.close()
      await federation.close()
      await database.close()
    },
  }
}
