import { type Logger, RegistryError } from '../../contract/index.ts'
import type { GrantKey, GrantStore } from '../../stores/grant-store.ts'
import { type Grant, lowest, type PermissionLevel } from '../records/permission.ts'
import { type Access, fullAccess } from '../session/access.ts'
import type { Grants } from '../session/grants.ts'
import { type Asking, CallerAccess } from './caller-access.ts'
import { type ConfiguredGrant, KnownGrants, toLevel } from './known-grants.ts'
import { exactly } from './model-pattern.ts'
import { type LevelRules, PermissionView } from './permission-view.ts'

export interface PermissionSettings {
  /** Principals, also of groups, who may do everything. */
  readonly administrators: readonly string[]
  /** Of those who are signed in, where no grant matches. */
  readonly default: PermissionLevel
  /** What those who are not signed in may do at most. */
  readonly anonymous: PermissionLevel
  readonly grants: readonly ConfiguredGrant[]
}

/** Of the second within which a change on another gateway holds here. */
const lookEveryMs = 400
/** For so long what is known goes on while the database does not answer: then nobody is let in by it. */
const longestBlindMs = 10_000
/** The store tells of what was taken away for a day. */
const longestUntoldMs = 12 * 60 * 60 * 1000
const mostViews = 1000

/**
 * What everybody may do: the grants of the configuration together with those that were made by commands, which are kept
 * in mind and looked for anew several times a second.
 */
export class Permissions implements Grants {
  readonly #settings: PermissionSettings
  readonly #administrators: ReadonlySet<string>
  readonly #store: GrantStore
  readonly #log: Logger
  readonly #known: KnownGrants
  readonly #views = new Map<string, PermissionView>()
  #revision: number | null = null
  #lookedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(settings: PermissionSettings, store: GrantStore, log: Logger) {
    this.#settings = settings
    this.#administrators = new Set(settings.administrators)
    this.#store = store
    this.#log = log
    this.#known = new KnownGrants(settings.grants)
  }

  /** From now on what other gateways change is seen. */
  async start(): Promise<void> {
    await this.look()
    this.#timer = setInterval(() => {
      if (!this.#looking) this.look().catch((error: unknown) => this.#logBlindness(error))
    }, lookEveryMs)
    this.#timer.unref()
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    await this.#looking?.catch(() => {})
  }

  /** Counted up with every change that is known here. */
  get revision(): number {
    return this.#revision ?? 0
  }

  /** Takes in what has changed. One look at a time; who comes while one is under way waits for the next. */
  async look(): Promise<void> {
    const before = this.#looking
    const looking = (async () => {
      await before?.catch(() => {})
      await this.#lookOnce()
    })()
    this.#looking = looking
    try {
      await looking
    } finally {
      if (this.#looking === looking) this.#looking = null
    }
  }

  /**
   * What somebody may see and do.
   *
   * @throws RegistryError REGISTRY_UNAVAILABLE when it is not known, as the database has not answered for long.
   */
  async accessOf(asking: Asking): Promise<Access> {
    const { principal, groups, isSignedIn } = asking
    if (isSignedIn && [principal, ...groups].some((name) => this.#administrators.has(name))) {
      return { ...fullAccess, viewKey: JSON.stringify([principal, groups, 'administrator']) }
    }
    if (performance.now() - this.#lookedAt > longestBlindMs) await this.#lookOrRefuse()
    return new CallerAccess(asking, this)
  }

  viewOf({ principal, groups, isSignedIn }: Asking): PermissionView {
    const { default: otherwise, anonymous } = this.#settings
    const rules: LevelRules = isSignedIn
      ? { principal, groups, otherwise, atMost: 'MANAGE' }
      : { principal, groups, otherwise: lowest([otherwise, anonymous]), atMost: anonymous }
    const key = JSON.stringify([principal, groups, isSignedIn])
    const known = this.#views.get(key)
    if (known) return known
    const view = new PermissionView(this.#known.of([principal, ...groups]), rules)
    if (this.#views.size >= mostViews) this.#views.clear()
    this.#views.set(key, view)
    return view
  }

  async list(): Promise<readonly Grant[]> {
    await this.look()
    return this.#known.all()
  }

  placeOf(key: GrantKey): string | null {
    return this.#known.placeOf(key)
  }

  async set({ permission, ...key }: Grant): Promise<PermissionLevel | null> {
    return toLevel(await this.#changed(this.#store.change(key, permission)))
  }

  async remove(key: GrantKey): Promise<PermissionLevel | null> {
    return toLevel(await this.#changed(this.#store.change(key, null)))
  }

  made(registry: string, model: string, principal: string | null): Promise<void> {
    const granted = principal === null ? null : { principal, permission: 'MANAGE' }
    return this.#changed(this.#store.begin({ registry, model: exactly(model) }, granted))
  }

  renamed(registry: string, model: string, newName: string): Promise<void> {
    const to = { registry, model: exactly(newName) }
    return this.#changed(this.#store.move({ registry, model: exactly(model) }, to))
  }

  ended(registry: string, model: string): Promise<void> {
    return this.#changed(this.#store.begin({ registry, model: exactly(model) }, null))
  }

  /** Holds here at once. */
  async #changed<T>(change: Promise<T>): Promise<T> {
    const result = await change
    // It is changed, whatever a look says; the next one is soon.
    await this.look().catch((error: unknown) => this.#logBlindness(error))
    return result
  }

  #logBlindness(error: unknown): void {
    this.#log.warn({ err: error }, 'permissions could not be read')
  }

  async #lookOrRefuse(): Promise<void> {
    try {
      await this.look()
    } catch (cause) {
      const message =
        "What you may do is not known, as the gateway's own database does not answer. Try again later."
      throw new RegistryError('REGISTRY_UNAVAILABLE', message, { cause, nothingWritten: true })
    }
  }

  async #lookOnce(): Promise<void> {
    const askedAt = performance.now()
    const isFirst = this.#revision === null || askedAt - this.#lookedAt > longestUntoldMs
    if (isFirst || (await this.#store.revision()) !== this.#revision) {
      const { revision, isAll, changes } = await this.#store.changes(isFirst ? null : this.#revision)
      if (isAll) this.#known.dropMade()
      for (const change of changes) this.#known.takeIn(change)
      this.#revision = revision
      this.#views.clear()
    }
    this.#lookedAt = askedAt
  }
}
