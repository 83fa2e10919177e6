import type { Lack } from '../contract/facets.ts'
import type { Adapter, Call, RegistryDescription } from '../contract/index.ts'
import type { Fault } from './faults/fault.ts'
import type { Spoil } from './faults/spoiling-server.ts'
import type { HiddenModel } from './fixture/fixture.ts'
import type { Truth } from './fixture/truth.ts'

/** MUST: without it an adapter does not conform. SHOULD: a warning. MAY: a remark. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** What a check is about; it is skipped, with the reason, where the adapter or the backend has it not. */
export type Need =
  | Lack
  | `no ${Lack}`
  | 'tags'
  | 'no tags'
  | 'stages'
  | 'no stages'
  | 'archived stage'
  | 'integer versions'
  | 'native compare-and-set'
  | 'native idempotency'
  | 'no native idempotency'
  | 'hanging backend'
  | 'faulty backend'
  | 'backend to spoil'
  | 'secrets'
  | 'hidden models'

/** One rule of the adapter contract, and how to find out whether it is kept. */
export interface Check {
  /** Stable, and never given to another check. */
  readonly id: string
  readonly level: Level
  readonly title: string
  readonly needs: readonly Need[]
  /** What goes wrong for the gateway's users when it is not kept. */
  readonly why: string
  /** Where the rule is written. */
  readonly source: string
  /** Rejects when the rule is not kept. */
  run(context: CheckContext): Promise<void>
}

/** A call that counts what the adapter says it sent. */
export interface CountedCall extends Call {
  readonly requests: number
}

/** What a check has to say of a call; all else is given. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** A minute from now, or what `timeoutMs` says, when left out. */
  readonly deadline?: number
  readonly onRequest?: () => void
}

export interface CheckContext {
  /** Shared by all checks: not to be closed. */
  readonly adapter: Adapter
  readonly description: RegistryDescription
  /** What the registry has to answer. */
  readonly truth: Truth
  /** What stands in the backend all the same, and no read may show. */
  readonly hidden: readonly HiddenModel[]
  /** Quick: samples where every row would be tried. */
  readonly effort: 'full' | 'quick'
  call(options?: CallOptions): CountedCall
  /** Another adapter of the same registry, closed after the check. */
  connect(): Promise<Adapter>
  /** An adapter whose backend takes requests and never answers them. */
  connectHanging(): Promise<Adapter>
  /** An adapter whose backend fails in this way. */
  connectFaulty(fault: Fault): Promise<Adapter>
  /** What connects adapters of the same registry, with the JSON that its backend answers changed on its way. */
  spoilBackend(spoil: Spoil): Promise<() => Promise<Adapter>>
  /** Texts of the adapter's configuration that nobody may see. */
  readonly secrets: readonly string[]
}

/** Thrown by a check that finds nothing to try itself on in what was stored. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}

/** The value, or the end of the check when what was stored has none. */
export function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotApplicable(`what was stored holds no ${what}`)
  return value
}
