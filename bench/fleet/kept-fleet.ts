import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { cacheFolder } from '../../test/environment/cache-folder.ts'
import { type Filled, fillFleet } from './fill-fleet.ts'
import { createFleet, type FleetShape } from './fleet.ts'
import { fleetConfig } from './fleet-config.ts'
import type { FleetPostgres } from './fleet-postgres.ts'
import { openFleet } from './open-fleet.ts'

const root = join(import.meta.dirname, '../..')
const folder = () => join(cacheFolder(), 'bench/fleet')

export interface FleetWish {
  readonly models: number
  readonly shape: FleetShape
}

export interface KeptFleet extends FleetWish {
  readonly url: string
  /** How it was filled, when that was. */
  readonly built: Filled & { readonly bytes: number }
}

/** A catalog in SQLite, made once for each version of its tables. */
export async function keepSqliteFleet(wish: FleetWish): Promise<KeptFleet> {
  const path = join(folder(), `${nameOf(wish)}.db`)
  const note = `${path}.json`
  if (!existsSync(note)) {
    mkdirSync(dirname(path), { recursive: true })
    const unfinished = `${path}.${process.pid}`
    try {
      const built = await build(`sqlite:${unfinished}`, wish, path)
      renameSync(unfinished, path)
      writeFileSync(note, JSON.stringify({ ...built, bytes: statSync(path).size }))
    } finally {
      for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true })
    }
  }
  return { ...wish, url: `sqlite:${path}`, built: JSON.parse(readFileSync(note, 'utf8')) }
}

/** The same in a PostgreSQL that is kept beside. */
export async function keepPostgresFleet(server: FleetPostgres, wish: FleetWish): Promise<KeptFleet> {
  const name = nameOf(wish)
  const note = join(server.folder, `${name}.json`)
  if (!existsSync(note)) {
    await server.query(`drop database if exists "${name}"`)
    await server.query(`create database "${name}"`)
    const built = await build(server.urlOf(name), wish, `${name} of ${server.folder}`)
    const [size] = await server.query(`select pg_database_size('${name}') as bytes`)
    writeFileSync(note, JSON.stringify({ ...built, bytes: Number(size?.bytes) }))
  }
  return { ...wish, url: server.urlOf(name), built: JSON.parse(readFileSync(note, 'utf8')) }
}

async function build(url: string, { models, shape }: FleetWish, where: string) {
  console.error(`Making a fleet of ${models} models in ${where}, once.`)
  const { catalog, database, close } = await openFleet(fleetConfig(url))
  try {
    const filled = await fillFleet(catalog.store, createFleet(models, shape), { runs: shape === 'whole' })
    // What PostgreSQL would come to by itself, a moment later.
    if (database.kind === 'postgres') await sql`vacuum analyze`.execute(database.queries)
    return filled
  } finally {
    await close()
  }
}

/** Of one version of the tables and of what fills them. */
function nameOf({ models, shape }: FleetWish): string {
  const sources = [
    ...migrationsBelow(join(root, 'src/state')),
    ...['fleet.ts', 'fleet-names.ts', 'vocabulary.ts', 'random.ts'].map((file) =>
      join(import.meta.dirname, file),
    ),
  ]
  const digest = createHash('sha256')
  for (const file of sources) digest.update(readFileSync(file))
  return `${shape}_${models}_${digest.digest('hex').slice(0, 12)}`
}

function migrationsBelow(path: string): string[] {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /(?:^|\/)\d{4}-[^/]*\.ts$/.test(file))
    .sort()
    .map((file) => join(path, file))
}
