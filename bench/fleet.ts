/**
 * What a gateway does with a fleet of ten registries in its catalog, on SQLite and on PostgreSQL: how fast and how large
 * the catalog gets, what pages and searches take beside a fleet of a tenth, what syncs take. `npm run bench:fleet`, and
 * after `--`: `--size` models (100000), `--database sqlite` or `postgres`, `--only` measures by their names.
 */
import { parseArgs } from 'node:util'
import { doesHold, type Figure, tableHead, toLine } from './fleet/figure.ts'
import { startFleetPostgres } from './fleet/fleet-postgres.ts'
import { measureBesideSync } from './fleet/measure-beside-sync.ts'
import { measureBuild } from './fleet/measure-build.ts'
import { measurePages } from './fleet/measure-pages.ts'
import { measureSearch } from './fleet/measure-search.ts'
import { measureSync } from './fleet/measure-sync.ts'
import { measureWrites } from './fleet/measure-writes.ts'
import { type FleetMeasure, postgresStore, sqliteStore } from './fleet/measured.ts'

const measures: Readonly<Record<string, FleetMeasure>> = {
  build: measureBuild,
  pages: measurePages,
  search: measureSearch,
  sync: measureSync,
  writes: measureWrites,
  'beside-sync': measureBesideSync,
}

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    database: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string', default: Object.keys(measures).join(',') },
  },
})
const models = Number(values.size)
if (!(models >= 1000 && models % 1000 === 0)) throw new Error('--size has to be a multiple of 1000.')
const chosen = values.only.split(',')
const unknown = chosen.filter((name) => !(name in measures))
if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join(', ')}.`)

const startedAt = performance.now()
const databases = values.database.split(',')
const server = databases.includes('postgres') ? await startFleetPostgres() : null
const figures: Figure[] = []
try {
  const stores = [
    ...(databases.includes('sqlite') ? [sqliteStore] : []),
    ...(server ? [postgresStore(server)] : []),
  ]
  console.log(tableHead)
  for (const name of chosen) {
    for await (const figure of measures[name]?.({ stores, models }) ?? []) {
      figures.push(figure)
      console.log(toLine(figure))
    }
  }
} finally {
  await server?.close()
}
const barred = figures.filter(({ bar }) => bar !== undefined)
const held = barred.filter(doesHold)
const minutes = Math.round((performance.now() - startedAt) / 6000) / 10
console.log(`\n${held.length} of ${barred.length} targets hold (in ${minutes} min).`)
process.exitCode = held.length === barred.length ? 0 : 1
