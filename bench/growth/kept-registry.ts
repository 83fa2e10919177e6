import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { localAdapter } from '../../src/adapters/local/adapter.ts'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import type { Adapter, Logger } from '../../src/contract/index.ts'
import { openGatewayDatabase, tableRooms } from '../../src/gateway/open-database.ts'
import { openDatabase } from '../../src/state/open-database.ts'
import { cacheFolder } from '../../test/environment/cache-folder.ts'
import { fill } from './fill.ts'

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const registry = 'bench'

/** Of the tables that `fill` knows: what came later is made of its rows. */
const filledBefore = '0010'

export interface KeptRegistry {
  readonly adapter: Adapter
  close(): Promise<void>
}

/**
 * A local registry of so many versions in SQLite. The file is made once for each list of migrations, which takes half a
 * minute for each million, and kept in the cache folder.
 */
export async function openKeptRegistry(versions: number): Promise<KeptRegistry> {
  const path = join(cacheFolder(), 'bench/local', `${versions}-${digest()}.db`)
  if (!existsSync(path)) await make(path, versions)
  const database = await openGatewayDatabase(`sqlite:${path}`, { log })
  const adapter = await localAdapter.connect(defaultLocalConfig, { registry, log, database })
  return { adapter, close: () => database.close() }
}

async function make(path: string, versions: number): Promise<void> {
  console.error(`Making a local registry of ${versions} versions in ${path}, once.`)
  const unfinished = `${path}.${process.pid}`
  try {
    const rooms = tableRooms.map(({ migrations }) => ({
      migrations: Object.fromEntries(Object.entries(migrations).filter(([name]) => name < filledBefore)),
    }))
    await (await openDatabase(`sqlite:${unfinished}`, { log, rooms })).close()
    fill(unfinished, [registry], versions)
    await (await openGatewayDatabase(`sqlite:${unfinished}`, { log })).close()
    renameSync(unfinished, path)
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true })
  }
}

/** Another checkout has other tables, and may not be able to open newer ones. */
function digest(): string {
  const names = tableRooms.flatMap(({ migrations }) => Object.keys(migrations)).sort()
  const rows = readFileSync(join(import.meta.dirname, 'fill.ts'), 'utf8')
  return createHash('sha256')
    .update(JSON.stringify([names, rows]))
    .digest('hex')
    .slice(0, 12)
}
