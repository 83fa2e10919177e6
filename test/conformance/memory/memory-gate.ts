import { type Call, RegistryError } from '../../../src/contract/index.ts'

/** What every call begins with. */
export interface MemoryGate {
  enter(call: Call): void
  close(): void
}

export function createMemoryGate(): MemoryGate {
  let closed = false
  return {
    enter(call) {
      const nothing = { nothingWritten: true }
      if (closed) throw new RegistryError('REGISTRY_UNAVAILABLE', 'The registry is closed.', nothing)
      if (call.signal.aborted)
        throw new RegistryError('REGISTRY_TIMEOUT', 'The deadline has passed.', nothing)
      call.countRequest()
    },
    close() {
      closed = true
    },
  }
}
