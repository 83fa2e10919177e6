/** What a write makes, and what has to go again when nothing comes of the write. */
export interface CleanUp {
  readonly id: string
  readonly kind: 'files' | 'model'
  readonly registry: string
  readonly model: string
  /** JSON: what else has to be known to do it. */
  readonly details: string
}

/** As it stands in the gateway's database. */
export interface NotedCleanUp extends CleanUp {
  readonly notedAt: number
  /** Epoch milliseconds; null: left to people. */
  readonly dueAt: number | null
  /** How often it was tried. */
  readonly tries: number
  /** Why it is not done yet, in words. */
  readonly problem: string | null
}

/** Outlives every gateway: what could not be cleaned up is tried again, until it is done or a person says so. */
export interface CleanUps {
  /**
   * Due in so many milliseconds, unless somebody says otherwise until then. What is noted already is due later, too;
   * false when it was tried, as it may be under way.
   */
  note(cleanUp: CleanUp, dueInMs: number): Promise<boolean>
  /** Not by itself any more. False when it was tried, as it may be under way or done. */
  leaveToPeople(id: string, problem: string): Promise<boolean>
  /** `null`: not by itself any more. */
  postpone(id: string, dueInMs: number | null, problem: string | null): Promise<void>
  /** False when there is none. */
  forget(id: string): Promise<boolean>
  /** One that is due, which nobody else takes for so long. */
  claim(forMs: number): Promise<NotedCleanUp | null>
  /** The oldest first. */
  list(): Promise<readonly NotedCleanUp[]>
}
