import type { Call } from './reads.ts'

/** What has changed since a place in the registry's feed. */
export interface ChangesPage {
  /**
   * Names of models of which anything has changed - themselves, a version, an alias, a tag, a run of a version - each
   * once, also of those that are gone; of a renamed one both names.
   */
  readonly models: readonly string[]
  /** Where to go on: what this page tells of is before it. */
  readonly cursor: string
  /** Whether there is more after it now. */
  readonly more: boolean
}

/** A registry that keeps a feed of what changes in it, so that nobody has to read it whole to find out. */
export interface ChangeReads {
  /**
   * Every change that was done before the call is told by this page or, where it says `more`, by those after it: none
   * is passed over because it was committed late. The same change may be told again.
   *
   * @param cursor from a page before, also of another adapter of the registry, before a restart or a backup;
   *   `null`: where the feed is now, without any changes.
   * @returns `null` when the feed does not know the cursor or does not reach back to it, so that the registry has to be
   *   read whole.
   */
  since(cursor: string | null, call: Call): Promise<ChangesPage | null>
}
