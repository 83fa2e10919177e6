import type { ConcurrentChange } from './concurrent-change.ts'
import type { Fault } from './fault.ts'
import type { ListLag } from './list-index.ts'
import type { PolicyAssignment } from './policy.ts'

/** How the double departs from a quiet day at Azure. */
export interface AzureDoubleSwitches {
  /** Rows on a page when the request has no `$top`. */
  pageSize: number
  /** When lists show a change; null is at once. */
  listLag: ListLag | null
  /** Errors in place of answers. */
  faults: Fault[]
  /** So many of the next requests for a token get no answer, and their connection stays open. */
  hangingTokenRequests: number
  /** Somebody else's writes, at the worst moment. */
  concurrentChanges: ConcurrentChange[]
  policies: PolicyAssignment[]
  /** How long-running operations go: done after so many looks at their status, or after so long. */
  longRunning: {
    polls: number
    ms: number
    outcome: 'Succeeded' | 'Failed' | 'Canceled'
    /** Seconds. */
    retryAfter: number
    /** Beside ARM no recorded answer has one; clients then wait for half a minute. */
    retryAfterBesideArm: number | null
    /** Nor has any through ARM of something that is created; clients then ask at a pace of their own. */
    retryAfterCreation: number | null
  }
  /** Registries whose every answer is the 401 that no fresh token cures. */
  deniedRegistries: string[]
  /** What ARM does not find, by name. */
  missing: { subscriptions: string[]; resourceGroups: string[]; scopes: string[] }
  /** Bytes of service-internal debug info in each error of the service. */
  debugInfoBytes: number
  /** Puts another origin into `nextLink`, e.g. `https://elsewhere.example`. */
  nextLinkOrigin: string | null
  /** Gives `modelUri` back as a workspace with service replication does. */
  replicatesModelUris: boolean
  /** What no source proves: tests of a client should hold for either value. */
  unproven: {
    /** Whether a PUT without `stage` clears it. */
    omittedStage: 'cleared' | 'kept'
    /** What the list of versions of a model that is not there answers. */
    versionsOfMissingModel: 'empty' | 'notFound'
    /** Whether `$top`-less lists of versions hide those of an archived container. */
    archivedContainerHidesVersions: boolean
    /** Whether a share takes `stage` along. */
    shareKeepsStage: boolean
  }
}

export const defaultSwitches = (): AzureDoubleSwitches => ({
  pageSize: 20,
  listLag: null,
  faults: [],
  hangingTokenRequests: 0,
  concurrentChanges: [],
  policies: [],
  longRunning: {
    polls: 1,
    ms: 30_000,
    outcome: 'Succeeded',
    retryAfter: 1,
    retryAfterBesideArm: null,
    retryAfterCreation: null,
  },
  deniedRegistries: [],
  missing: { subscriptions: [], resourceGroups: [], scopes: [] },
  debugInfoBytes: 0,
  nextLinkOrigin: null,
  replicatesModelUris: false,
  unproven: {
    omittedStage: 'cleared',
    versionsOfMissingModel: 'empty',
    archivedContainerHidesVersions: false,
    shareKeepsStage: false,
  },
})

const groups = ['longRunning', 'missing', 'unproven'] as const

export type SwitchChanges = {
  [Key in keyof AzureDoubleSwitches]?: Key extends (typeof groups)[number]
    ? Partial<AzureDoubleSwitches[Key]>
    : AzureDoubleSwitches[Key]
}

/** Sets the named switches and leaves the others, also inside a group of them. */
export const changeSwitches = (switches: AzureDoubleSwitches, changes: SwitchChanges): void => {
  const known = defaultSwitches()
  for (const name of Object.keys(changes))
    if (!(name in known)) throw new Error(`no switch ${name}; there are ${Object.keys(known).join(', ')}`)
  const merged = groups.map((group) => [group, { ...switches[group], ...changes[group] }] as const)
  Object.assign(switches, structuredClone(changes), Object.fromEntries(merged))
}
