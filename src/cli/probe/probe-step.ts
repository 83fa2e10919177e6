import type { Adapter, Call, Outcome, RegistryDescription } from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'

/** What the steps of one probe find out for one another. */
export interface ProbeState {
  readonly adapter: Adapter
  readonly description: RegistryDescription
  /** What versions are made from when it writes. */
  readonly source: string
  /** Of the model that it reads, or has made. */
  model: string | null
  version: string | null
  alias: string | null
  runId: string | null
  /** Versions that it has made. */
  readonly made: string[]
}

/** One thing to try. What it answers is shown to a person. */
export interface ProbeStep {
  readonly title: string
  run(state: ProbeState, call: Call): Promise<string>
}

/** There is nothing in the registry to try the step with, or the registry has no such part. */
export class NothingToProbe extends Error {}

export function need<T>(value: T | null | undefined, reason: string): T {
  if (value !== null && value !== undefined) return value
  throw new NothingToProbe(reason)
}

/** The value of an outcome. @throws what the outcome says, or NOT_FOUND. */
export function given<T>(outcome: Outcome<T> | undefined, what: string): T {
  if (RegistryError.is(outcome)) throw outcome
  if (outcome === null || outcome === undefined) throw new RegistryError('NOT_FOUND', `${what} is not there.`)
  return outcome as T
}

export function quote(text: string): string {
  return JSON.stringify(text)
}
