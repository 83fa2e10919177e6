import type { Command, WriteTarget } from '../records/command.ts'
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
  readonly facts: WriteFacts
}

/** Outlives every gateway: of each write that began there is a note until somebody knows how it ended. */
export interface Journal {
  /** Before the first of what the write does. */
  begin(intent: Intent, times: IntentTimes): Promise<void>
  /** In one step with what is announced of it; null: nothing was written. */
  end(id: string, announcement: Announcement | null): Promise<void>
  /** One whose end nobody has noted in its time, as after a kill; nobody else gets it for so long. */
  claim(forMs: number): Promise<Intent | null>
  /** Notes what is not noted yet. */
  close(): Promise<void>
}

export const noJournal: Journal = {
  begin: async () => {},
  end: async () => {},
  claim: async () => null,
  close: async () => {},
}
