import type { CircuitSettings } from './circuit.ts'

export interface RegistrySettings {
  readonly name: string
  readonly adapter: string
  readonly environment: string | null
  /** Nothing is written to it. */
  readonly readOnly: boolean
  /** How long one request waits for everything that it asks of this registry. */
  readonly timeoutMs: number
  /** Calls of the adapter under way at once; more wait for a place. */
  readonly maxConcurrency: number
  readonly circuit: CircuitSettings
  /** Whether callers' own credentials go to it. Left out: never. */
  readonly forwards?: boolean
}
