import type { RegistryError } from '../../contract/index.ts'
import { CircuitOpenError } from './circuit.ts'
import { NotIndexedError } from './not-indexed-error.ts'

export type SourceState = 'OK' | 'STALE' | 'ERROR' | 'TIMEOUT' | 'SKIPPED'

export function sourceStateOf(error: RegistryError): SourceState {
  if (error instanceof CircuitOpenError || error instanceof NotIndexedError) return 'SKIPPED'
  return error.code === 'REGISTRY_TIMEOUT' ? 'TIMEOUT' : 'ERROR'
}
