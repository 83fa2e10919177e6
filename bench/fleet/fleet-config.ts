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

/** The same with registries of MLflow, each below a path of its name. */
export function mlflowFleetConfig(
  databaseUrl: string,
  mlflowUrl: string,
  registries: readonly { readonly name: string }[],
) {
  return {
    ...fleetConfig(databaseUrl),
    registries: registries.map(({ name }) => ({
      name,
      environment: 'dev',
      adapter: 'mlflow',
      url: `${mlflowUrl}/${name}`,
      serverVersion: '3.17.2',
      nameOrder: 'codePoint',
    })),
  }
}
