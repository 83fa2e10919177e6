import { randomUUID } from 'node:crypto'
import { RegistryError } from '../../contract/index.ts'
import { within } from '../../timing/within.ts'
import { isNothingWritten } from '../errors/is-nothing-written.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { nothingWritten, writingNothing } from '../errors/writing-nothing.ts'
import type { Command, WriteTarget } from '../records/command.ts'
import { settleMarginMs } from '../session/journal.ts'
import type { Session } from '../session/session.ts'
import type { WriteFacts } from '../session/write-facts.ts'
import { inTurn, inTurnUnlessNative, type ModelToWrite } from './one-writer.ts'
import type { Done } from './write-kind.ts'

/**
 * One command on its way to its registry, once it is known what it is about. Everything that is written goes through
 * here, so that nothing passes by the gate, the journal or the log.
 */
export class Attempt {
  readonly session: Session
  readonly command: Command
  readonly target: WriteTarget
  /** By which the caller was let in. */
  readonly #viewKey: string

  /** Of a write that the caller may do, as was found out right before. */
  constructor(session: Session, command: Command, target: WriteTarget) {
    this.session = session
    this.command = command
    this.target = target
    this.#viewKey = session.access.viewKey
  }

  /** Once more, where what was there may have changed. */
  assertMayWrite(): Promise<void> {
    const { session, command, target } = this
    return session.access.assertMayWrite(command, target, session.registry(target.registry))
  }

  /**
   * Does it as the one writer of its model, once the gate lets it pass.
   *
   * @param turn `unlessNative`: where the backend compares and writes in one step, only a gate has to wait for a turn.
   */
  inTurn<T>(
    turn: 'always' | 'unlessNative',
    to: Pick<ModelToWrite, 'registry' | 'lost'>,
    work: (lost: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> {
    const { session, command, target } = this
    const model: ModelToWrite = { session, model: target.model, ...to }
    const isGated = session.federation.gate.concerns(command.operation)
    const workIfAllowed = async (lost: AbortSignal | undefined) => {
      await this.#assertStillMayWrite()
      if (isGated) await this.#assertOpen()
      return work(lost)
    }
    return turn === 'always' || isGated
      ? inTurn(model, workIfAllowed)
      : inTurnUnlessNative(model, workIfAllowed)
  }

  /** Whoever was before it may have taken from the caller what it takes, or made another model of that name. */
  async #assertStillMayWrite(): Promise<void> {
    if (this.session.access.viewKey !== this.#viewKey) await this.assertMayWrite()
  }

  /** Within the time of the write that waits for it: who never answers would keep everybody from the model. */
  #assertOpen(): Promise<void> {
    const { session, command, target } = this
    const { gate } = session.federation
    const { name, link } = session.registry(target.registry)
    const milliseconds = session.remaining(link.settings.timeoutMs)
    const late = () => {
      const message = `Whether this may be written to "${name}" was not found out within ${milliseconds} ms.`
      return new RegistryFailure(
        name,
        new RegistryError('REGISTRY_TIMEOUT', message, { nothingWritten: true }),
      )
    }
    const look = (registry: string) => session.registry(registry)
    return writingNothing(within(milliseconds, () => gate.assertOpen(command, target, look), late))
  }

  /**
   * Notes that it is about to be done, and afterwards what came of it; where nobody knows, the note stays. Not in the
   * model's turn, which may be lost while the note is written.
   *
   * @param work calls `begin` right before it asks the adapter: what fails before has written nothing.
   */
  async noted<Answer>(
    mayTakeMs: number,
    work: (begin: () => void) => Promise<Done<Answer>>,
  ): Promise<Answer> {
    const { session, command, target } = this
    const { journal } = session.federation
    const id = randomUUID()
    const times = { waitMs: session.remaining(mayTakeMs), settleInMs: mayTakeMs + settleMarginMs }
    await journal.begin({ id, command, target, ...session.writer }, times)
    let hasBegun = false
    const begin = () => {
      hasBegun = true
    }
    let done: Done<Answer>
    try {
      done = await work(begin)
    } catch (error) {
      const failure = hasBegun ? error : nothingWritten(error)
      if (!hasBegun || isNothingWritten(failure)) await this.#keep(() => journal.end(id, null))
      throw failure
    }
    const facts = this.#factsOf(done)
    await this.#end(id, facts)
    this.#log(facts)
    return done.answer
  }

  /** For what an earlier try has done whose end nobody saw, so that nobody knows whether it was announced. */
  async found(done: Done<unknown>): Promise<void> {
    await this.#end(randomUUID(), { ...this.#factsOf(done), isReplay: true })
  }

  /** For what was done by an earlier try under the same key: it was announced then, or when it was found. */
  replayed<Answer>(done: Done<Answer>): Answer {
    this.#log({ ...this.#factsOf(done), isReplay: true })
    return done.answer
  }

  #end(id: string, facts: WriteFacts): Promise<void> {
    const { session, command } = this
    const announcement = { command, facts, ...session.writer }
    const lookAt = (registry: string) => session.registry(registry)
    return this.#keep(() => session.federation.journal.end(id, announcement, lookAt))
  }

  #factsOf({ facts }: Pick<Done<unknown>, 'facts'>): WriteFacts {
    const hasKey = 'idempotencyKey' in this.command
    return { operation: this.command.operation, ...this.target, ...facts, ...(hasKey && { isReplay: false }) }
  }

  #log(facts: WriteFacts): void {
    const { caller, requestId } = this.session.writer
    const who = { requestId: requestId ?? undefined, caller }
    this.session.federation.log.info({ ...who, ...facts }, 'written')
  }

  /** What was written stands, whatever becomes of the note of it. */
  async #keep(note: () => Promise<void>): Promise<void> {
    try {
      await note()
    } catch (error) {
      this.session.federation.log.warn({ err: error }, 'the outcome of a write could not be noted')
    }
  }
}
