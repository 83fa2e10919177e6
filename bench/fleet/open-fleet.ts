import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../src/config/index.ts'
import type { Logger } from '../../src/contract/index.ts'
import type { Catalog } from '../../src/federation/catalog/catalog.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openFederation } from '../../src/gateway/open-federation.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export interface OpenedFleet {
  readonly catalog: Catalog
  readonly federation: Federation
  readonly database: GatewayDatabase
  close(): Promise<void>
}

/** The catalog of a gateway over the fleet, put together as the gateway does it. */
export async function openFleet(configuration: object): Promise<OpenedFleet> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-fleet-'))
  try {
    const file = join(folder, 'modelgate.yaml')
    writeFileSync(file, JSON.stringify(configuration))
    const config = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
    const database = await openGatewayDatabase(config.database.url, { log })
    const { catalog, federation } = await openFederation(config, database, log)
    const close = async () => {
      await federation.close()
      await database.close()
    }
    return { catalog, federation, database, close }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
