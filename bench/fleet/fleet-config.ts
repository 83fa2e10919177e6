import { writeFileSync } from 'node:fs'
import { fleetRegistries } from './fleet.ts'

/** Nothing is asked of its registries: what is in the catalog stays as it was filled. */
const untouched = { syncEvery: '7d', sweepEvery: '365d', staleAfter: '365d' }

/** Writes the configuration of a gateway over the fleet. */
export function writeFleetConfig(file: string, databaseUrl: string, settings: object = {}): void {
  const registries = fleetRegistries.map(({ name, environment }) => ({ name, environment, adapter: 'local' }))
  writeFileSync(
    file,
    JSON.stringify({
      environments: ['dev', 'staging', 'prod'],
      database: { url: databaseUrl },
      catalog: untouched,
      registries,
      ...settings,
    }),
  )
}
