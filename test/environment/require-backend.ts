import { inject } from 'vitest'

/** Fails with the reason when a backend could not be set up, e.g. `requireBackend('mlflow 3.17.2')`. */
export const requireBackend = (name: string): void => {
  const reason = inject('absentBackends')[name]
  if (reason !== undefined) throw new Error(`${name} is absent on this machine: ${reason}`)
}
