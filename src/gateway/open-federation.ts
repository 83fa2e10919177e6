import { randomBytes } from 'node:crypto'
import type { BrokenRegistryConfig, GatewayConfig, RegistryConfig } from '../config/index.ts'
import { createMask } from '../config/secret-mask.ts'
import type { Adapter, Logger } from '../contract/index.ts'
import type { SyncContext } from '../federation/catalog/catalog.ts'
import { CatalogJournal } from '../federation/catalog/catalog-journal.ts'
import { CatalogReaders } from '../federation/catalog/catalog-readers.ts'
import { LogicalUpkeep } from '../federation/logical/logical-upkeep.ts'
import { type PermissionSettings, Permissions } from '../federation/permissions/permissions.ts'
import { CursorCodec } from '../federation/session/cursor.ts'
import { Environments } from '../federation/session/environments.ts'
import { Federation } from '../federation/session/federation.ts'
import type { History } from '../federation/session/history.ts'
import type { Intent } from '../federation/session/journal.ts'
import { openPlugIn } from '../plug-ins/open-plug-in.ts'
import { unusableAdapter } from '../plug-ins/unusable-adapter.ts'
import { EventLog } from '../state/catalog/event-log.ts'
import { LogicalReads } from '../state/catalog/logical-reads.ts'
import type { SearchBacklog } from '../state/catalog/search/search-backlog.ts'
import { CleanUps } from '../state/clean-ups/clean-ups.ts'
import type { GatewayDatabase } from '../state/database.ts'
import { WriteJournal } from '../state/journal/write-journal.ts'
import { PermissionGrants } from '../state/permissions/permission-grants.ts'
import { getOrCreateSetting } from '../state/settings/setting.ts'
import { VersionNotes } from '../state/version-notes/version-notes.ts'
import { IdempotencyRecords } from '../state/write-coordination/idempotency-records.ts'
import { Leases } from '../state/write-coordination/leases.ts'
import { connectRegistry, isPlugIn } from './connect-registry.ts'
import { forwardsCredentials } from './forwarding.ts'
import { openCatalog } from './open-catalog.ts'
import { openGatewayDatabase } from './open-database.ts'

export async function openFederation(
  config: GatewayConfig,
  database: GatewayDatabase,
  log: Logger,
  permissions: Permissions = openPermissions(config, database, log),
): Promise<SyncContext & { readonly backlog: SearchBacklog; readonly upkeep: LogicalUpkeep }> {
  const adapters = await Promise.all(
    config.registries.map((settings) => openAdapter(settings, config, database, log)),
  )
  const notes = new WriteJournal<Intent>(database, { log })
  const { catalog, recorder, wordIndex, backlog, claims } = openCatalog(config, adapters, database, notes)
  const key = await getOrCreateSetting(database, 'cursor-key', () => randomBytes(32).toString('base64'))
  const environments = new Environments(config.environments, config.logicalModels)
  const federation = new Federation({
    registries: config.registries.map((settings, index) => ({
      settings: { ...settings, forwards: forwardsCredentials(settings) },
      adapter: adapters[index] as Adapter,
    })),
    environments,
    cursors: new CursorCodec(Buffer.from(key, 'base64')),
    coordination: {
      leases: new Leases(database, { log }),
      records: new IdempotencyRecords(database),
      cleanUps: new CleanUps(database),
    },
    journal: new CatalogJournal(notes, recorder, (registry) => catalog.settings.get(registry) ?? null),
    readers: new CatalogReaders(catalog, log),
    history: new EventLog(database) as History,
    listen: (listener) => database.bell.listen(listener),
    wordIndex,
    logical: new LogicalReads(database),
    grants: permissions,
    notes: new VersionNotes(database),
    readBound: config.federation.readBound,
    copyTimeoutMs: config.federation.copyTimeoutMs,
    copyMaxBytes: config.federation.copyMaxBytes,
    copyStallMs: config.federation.copyStallMs,
    log,
  })
  const kept = config.registries.filter(({ name }) => catalog.settings.has(name))
  const upkeep = new LogicalUpkeep(claims, environments, kept, log)
  return { federation, catalog, backlog, upkeep }
}

/** What everybody may do; it sees what other gateways change once it is started. */
export function openPermissions(config: GatewayConfig, database: GatewayDatabase, log: Logger): Permissions {
  const { administrators, auth, permissions } = config
  const settings: PermissionSettings = {
    administrators,
    default: permissions.default,
    anonymous: auth?.anonymous ?? 'NO_PERMISSIONS',
    grants: permissions.grants.map(({ registry, model, principal, permission }, index) => ({
      registry,
      model,
      principal,
      permission,
      place: `permissions.grants[${index}]`,
    })),
  }
  return new Permissions(settings, new PermissionGrants(database), log)
}

async function openAdapter(
  settings: RegistryConfig | BrokenRegistryConfig,
  { federation: { readBound }, registries, environmentValues }: GatewayConfig,
  database: GatewayDatabase,
  log: Logger,
): Promise<Adapter> {
  if (settings.broken !== null) {
    const { name, adapter, broken, cause } = settings
    log.error({ registry: name, adapter, err: cause }, `loading a plug-in failed: ${broken}`)
    return unusableAdapter(broken)
  }
  const connect = () => connectRegistry(settings, async () => database, log, registries)
  if (!isPlugIn(settings)) return connect()
  const plugIn = { ...settings, mask: createMask(settings, environmentValues) }
  return openPlugIn(plugIn, connect, { mostRows: readBound, log })
}

/** Outside of a running gateway, and beside one. */
export async function openOwnFederation(config: GatewayConfig, log: Logger) {
  const database = await openGatewayDatabase(config.database.url, { log })
  const { federation, catalog, upkeep } = await openFederation(config, database, log)
  return {
    federation,
    catalog,
    upkeep,
    async close() {
      await federation.close()
      await database.close()
    },
  }
}
