import { writeFileSync } from 'node:fs'
import { fleetRegistries } from './fleet.ts'

/** Nothing is asked of its registries: what is in the catalog stays as it was filled. */
const untouched = { syncEvery: '7d', sweepEvery: '365d', staleAfter: '365d' }

/** The configuration of a gateway over the fleet. */
export function fleetConfig(databaseUrl: string) {
  return {
    environments: ['dev', 'staging', 'prod'],
    database: { url: databaseUrl },
    catalog: untouched,
    registries: fleetRegistries.map(({ name, environment }) => ({ name, environment, adapter: 'local' })),
  }
}

export function writeFleetConfig(file: string, databaseUrl: string, settings: object = {}): void {
  writeFileSync(file, JSON.stringify({ ...fleetConfig(databaseUrl), ...settings }))
}
