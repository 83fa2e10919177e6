import type { ReadMode } from '../records/records.ts'
import type { Reader } from './reader.ts'
import type { RegistrySession } from './registry-session.ts'

/** Which reader answers, where it is not the registry itself. */
export interface Readers {
  /** For lists over registries. */
  forLists(live: RegistrySession): Reader
  /** For what belongs to a record that was read in this mode. */
  inMode(mode: ReadMode, live: RegistrySession): Reader
}

export const liveReaders: Readers = { forLists: (live) => live, inMode: (_, live) => live }
