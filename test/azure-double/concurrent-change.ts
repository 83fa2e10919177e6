import type { VersionBody } from './asset-records.ts'
import type { RequestMatch } from './fault.ts'

/**
 * What another writer does to the very asset a request is about: after the request has read it, or before it
 * writes it. A version or container that is not there is made.
 */
export interface ConcurrentChange extends RequestMatch {
  when: 'afterRead' | 'beforeWrite'
  /** Merged into the tags; a key with `undefined` in a test, or in `dropTags`, goes away. */
  tags?: Record<string, string | null>
  dropTags?: string[]
  /** The other properties to set. */
  set?: Omit<VersionBody, 'tags'>
}
