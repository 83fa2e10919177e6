import type { Caller } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import type { FederatedModel } from '../records/records.ts'
import type { Lane } from '../registry/admission.ts'
import { type Access, fullAccess } from './access.ts'
import { digestOf } from './cursor.ts'
import type { EnvironmentRecord } from './environments.ts'
import type { Federation } from './federation.ts'
import type { Writer } from './journal.ts'
import type { Reader } from './reader.ts'
import { RegistrySession } from './registry-session.ts'

/** What one request cost, for `extensions.modelgate`. */
export interface CostReport {
  readonly upstreamRequests: Readonly<Record<string, number>>
  readonly cacheHits: Readonly<Record<string, number>>
}

export interface SessionOptions {
  /** The request's own deadline in milliseconds; the registries' `timeoutMs` caps it. */
  readonly deadlineMs: number | null
  /** Fires when the client is gone. */
  readonly signal: AbortSignal
  readonly caller: Caller | null
  /** Left out: the caller may see and do everything. */
  readonly access?: Access
  /** `background`: for work of the gateway's own, which never takes the places of people. Left out, `people`. */
  readonly lane?: Lane
  /** Whether the gateway acts for itself, and not for a caller; so it is in the background, unless it is said otherwise. */
  readonly asGateway?: boolean
  /** By which the log tells whose request it was. */
  readonly requestId?: string
}

/** Everything one request shares: deadlines, loaders, counters. */
export class Session {
  readonly federation: Federation
  readonly caller: Caller | null
  readonly access: Access
  readonly #options: SessionOptions
  readonly #registries = new Map<string, RegistrySession>()
  #startedAt = Date.now()
  #isIncomplete = false

  constructor(federation: Federation, options: SessionOptions) {
    this.federation = federation
    this.caller = options.caller
    this.access = options.access ?? fullAccess
    this.#options = options
    options.signal.addEventListener('abort', this.#leave)
  }

  /** Fires when nobody waits for the answer any more. */
  get signal(): AbortSignal {
    return this.#options.signal
  }

  /** @throws InputError naming `field` when no such registry is configured, FORBIDDEN when none is there for the caller. */
  registry(name: string, field = 'registry'): RegistrySession {
    const registry = this.findRegistry(name)
    if (registry) return registry
    this.access.assertMayLookAround()
    const known = this.federation.links.map((link) => link.name).join(', ')
    throw new InputError(field, `There is no registry "${name}". Configured: ${known}.`)
  }

  findRegistry(name: string): RegistrySession | null {
    const existing = this.#registries.get(name)
    if (existing) return existing
    const link = this.access.mayLookAround ? this.federation.link(name) : null
    if (!link) return null
    const session = new RegistrySession(link, this.#startedAt, this.#options, this.access)
    this.#registries.set(name, session)
    return session
  }

  /** For what belongs to a record: the reader that it came from. */
  reader({ registry, mode }: Pick<FederatedModel, 'registry' | 'mode'>): Reader {
    const live = this.registry(registry)
    return this.federation.readers.inMode(mode, live)
  }

  /**
   * The registries of these names that may hold models of these environments, in the order of the configuration.
   *
   * @throws InputError for a name that is not configured.
   */
  selectRegistries(
    names: readonly string[] | null,
    environments: readonly string[] | null,
  ): RegistrySession[] {
    const wanted = names && new Set(names)
    for (const name of wanted ?? []) this.registry(name, 'registries')
    for (const name of environments ?? []) this.assertEnvironment(name, 'environments')
    if (!this.access.mayLookAround) return []
    return this.federation.links
      .filter((link) => wanted === null || wanted.has(link.name))
      .filter(
        (link) => environments === null || this.federation.environments.mayHold(link.record, environments),
      )
      .map((link) => this.registry(link.name))
  }

  environmentOf({ registry, name: model, tags }: FederatedModel): EnvironmentRecord | null {
    const { environments } = this.federation
    const name = environments.ofModel(this.registry(registry).record, model, tags)
    return name === null ? null : environments.get(name)
  }

  cost(): CostReport {
    const upstreamRequests: Record<string, number> = {}
    const cacheHits: Record<string, number> = {}
    for (const [name, { cost }] of this.#registries) {
      upstreamRequests[name] = cost.requests
      cacheHits[name] = cost.hits
    }
    return { upstreamRequests, cacheHits }
  }

  get environments(): readonly EnvironmentRecord[] {
    return this.access.mayLookAround ? this.federation.environments.all : []
  }

  requireEnvironment(name: string): EnvironmentRecord {
    const environment = this.federation.environments.get(name)
    if (!environment) throw new Error(`there is no environment ${name}`)
    return environment
  }

  /** @throws InputError naming `field` when no such environment is configured. */
  assertEnvironment(name: string, field: string): void {
    this.access.assertMayLookAround()
    const { environments } = this.federation
    if (environments.get(name)) return
    const known = environments.all.map((environment) => environment.name).join(', ')
    throw new InputError(field, `There is no environment "${name}". Configured: ${known}.`)
  }

  /** How long something may take that has so many milliseconds, unless the request is in a hurry. */
  remaining(milliseconds: number): number {
    return Math.min(milliseconds, this.#options.deadlineMs ?? Number.POSITIVE_INFINITY)
  }

  /** Each mutation of a request has the whole budget of a registry, and so does what it reads back. */
  renew(): void {
    this.#startedAt = Date.now()
    for (const registry of this.#registries.values()) registry.renew(this.#startedAt)
  }

  /** Equal for those whose answers to one question may be shared. */
  get viewKey(): string {
    const { credential } = this.caller ?? {}
    const { viewKey } = this.access
    // Never the credential itself, as keys are kept.
    return credential === undefined ? viewKey : digestOf([viewKey, credential])
  }

  /** See {@link Federation.writesSoFar}. */
  get writesSoFar(): number {
    return this.federation.writesSoFar
  }

  /** Whether something was left out, or may have been, as a registry did not give it. */
  get isIncomplete(): boolean {
    return this.#isIncomplete || this.#registries.values().some(({ cost }) => cost.failures > 0)
  }

  /** Of a list that is told to be not complete. */
  noteIncomplete(): void {
    this.#isIncomplete = true
  }

  get writer(): Writer {
    return { caller: this.caller?.principal ?? null, requestId: this.#options.requestId ?? null }
  }

  /** Breaks off what is still under way upstream; nobody waits for it any more. */
  end(): void {
    this.#options.signal.removeEventListener('abort', this.#leave)
    this.#leave()
  }

  readonly #leave = () => {
    for (const registry of this.#registries.values()) registry.end()
  }
}
