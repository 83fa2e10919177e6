import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { startKeeper } from './keeper.ts'

export interface PostgresServer {
  /** The superuser's, on the empty database `postgres`. */
  url: string
  close(): Promise<void>
}

/**
 * A real PostgreSQL of its own on a free loopback port.
 *
 * @param keptIn a folder with what it holds, which is left there; without one it is empty, and leaves nothing behind.
 */
export const startPostgres = async (keptIn?: string): Promise<PostgresServer> => {
  const isKept = keptIn !== undefined
  const folder = keptIn ?? (await mkdtemp(join(tmpdir(), 'modelgate-postgres-')))
  await mkdir(folder, { recursive: true })
  // A root user's server runs as another user, who has to get through to the data below.
  await chmod(folder, 0o755)
  const user = 'postgres'
  const password = isKept ? 'kept' : randomBytes(12).toString('hex')
  const port = await freePort()
  const keeper = startKeeper('postgres-keeper.ts', { folder, port, user, password, isKept })
  const close = async () => {
    await keeper.stop()
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
  try {
    await keeper.firstLine
  } catch (error) {
    await close()
    throw error
  }
  return { url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`, close }
}
