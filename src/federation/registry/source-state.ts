import type { RegistryError } from '../../contract/index.ts'
import { CircuitOpenError } from './circuit.ts'

export type SourceState = 'OK' | 'ERROR' | 'TIMEOUT' | 'SKIPPED'

export function sourceStateOf(error: RegistryError): SourceState {
  if (error instanceof CircuitOpenError) return 'SKIPPED'
  return error.code === 'REGISTRY_TIMEOUT' ? 'TIMEOUT' : 'ERROR'
}
