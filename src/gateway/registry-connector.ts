import { existsSync } from 'node:fs'
import type { RegistryConnector } from '../cli/index.ts'
import type { GatewayConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { CleanUps } from '../state/clean-ups/clean-ups.ts'
import type { GatewayDatabase } from '../state/database.ts'
import { parseDatabaseUrl } from '../state/database-url.ts'
import { connectRegistry } from './connect-registry.ts'
import { openGatewayDatabase } from './open-database.ts'

/** Connects registries outside of a running gateway; its database is opened for the first local one. */
export function createRegistryConnector(config: GatewayConfig, log: Logger): RegistryConnector {
  let database: Promise<GatewayDatabase> | null = null
  const open = () => {
    database ??= openGatewayDatabase(config.database.url, { log })
    return database
  }
  return {
    connect: (registry) => connectRegistry(registry, open, log, config.registries),
    async cleanUps() {
      const location = parseDatabaseUrl(config.database.url)
      // To look is no reason to make one.
      if (location.kind === 'sqlite' && !existsSync(location.path)) return null
      return new CleanUps(await open())
    },
    async close() {
      // Whoever connected has been told when it could not be opened.
      const opened = await database?.catch(() => null)
      await opened?.close()
    },
  }
}
