import type { Command, WriteTarget } from '../records/command.ts'
import type { RegistrySession } from './registry-session.ts'
import type { WriteFacts } from './write-facts.ts'

/** Whose write it is. */
export interface Writer {
  readonly caller: string | null
  readonly requestId: string | null
}

/** A write that is about to be. Plain data: it is noted before it begins. */
export interface Intent extends Writer {
  readonly id: string
  readonly command: Command
  readonly target: WriteTarget
}

/** In milliseconds. */
export interface IntentTimes {
  /** How long whoever asked for the write waits, also for the note. */
  readonly waitMs: number
  /** Nobody settles it sooner. */
  readonly settleInMs: number
}

/** What a write did, for whoever wants to know of it. */
export interface Announcement extends Writer {
  readonly command: Command
  readonly facts: WriteFacts
}

/** How long others leave the note of a write alone, besides the time that the write may take. */
export const settleMarginMs = 180_000
/** Besides that time: what was done is noted by then, unless whoever did it is gone. */
export const endsNotedWithinMs = 30_000

/** A registry of the writer's own session, to read back from. */
export type LookAt = (registry: string) => RegistrySession

/** Outlives every gateway: of each write that began there is a note until somebody knows how it ended. */
export interface Journal {
  /** Before the first of what the write does. */
  begin(intent: Intent, times: IntentTimes): Promise<void>
  /** In one step with what is announced of it; null: nothing was written. */
  end(id: string, announcement: Announcement | null, lookAt?: LookAt): Promise<void>
  /** One after the other for each model, where the order of what is announced has to be that of what was done. */
  inOrder<T>(target: WriteTarget, write: () => Promise<T>): Promise<T>
  /** One whose end nobody has noted in its time, as after a kill; nobody else gets it for so long. */
  claim(forMs: number): Promise<Intent | null>
  /** Notes what is not noted yet. */
  close(): Promise<void>
}

export const noJournal: Journal = {
  begin: async () => {},
  end: async () => {},
  inOrder: (_, write) => write(),
  claim: async () => null,
  close: async () => {},
}
