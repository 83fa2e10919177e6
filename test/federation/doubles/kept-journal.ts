import type { Announcement, Intent, IntentTimes, Journal } from '../../../src/federation/session/journal.ts'

/** A journal in memory, whose notes and announcements can be looked at. */
export class KeptJournal implements Journal {
  readonly open = new Map<string, Intent>()
  readonly announced: Announcement[] = []
  readonly steps: string[] = []
  /** How long each was willing to wait for its note. */
  readonly waits: number[] = []
  /** Stands before every note. */
  beforeBegin: () => Promise<unknown> = async () => {}
  isClosed = false

  async begin(intent: Intent, { waitMs }: IntentTimes): Promise<void> {
    await this.beforeBegin()
    this.waits.push(waitMs)
    this.steps.push(`begin ${intent.command.operation}`)
    this.open.set(intent.id, intent)
  }

  async end(id: string, announcement: Announcement | null): Promise<void> {
    this.steps.push(announcement === null ? 'nothing written' : 'end')
    this.open.delete(id)
    if (announcement) this.announced.push(announcement)
  }

  inOrder<T>(_: unknown, write: () => Promise<T>): Promise<T> {
    return write()
  }

  async claim(): Promise<Intent | null> {
    return [...this.open.values()][0] ?? null
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}
