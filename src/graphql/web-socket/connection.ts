import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { IdentifiedCaller, Presented } from '../../server/caller.ts'
import type { RequestRefusal } from '../../server/request-refusal.ts'
import type { Stream } from '../../server/streams.ts'
import type { Backlogged, Backlogs } from '../subscriptions/backlogs.ts'
import { flushed } from '../subscriptions/flushed.ts'
import type { Asker } from '../subscriptions/live-operations.ts'
import type { ComeAgain } from '../subscriptions/sink.ts'
import { closeCodes } from './close-codes.ts'
import { type OperationCarrier, SocketOperation } from './socket-operation.ts'

/** How long a client has to hear of the end, and to answer that it has; one that reads slowly has to read up to there. */
const farewellMs = 2000
const slowFarewellMs = 10_000

/** One client, as long as it stays. */
export class Connection implements Stream, Backlogged, OperationCarrier {
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  readonly #backlogs: Backlogs
  readonly #operations = new Set<SocketOperation>()
  /** Those that have not been answered yet. */
  readonly #unanswered = new Set<SocketOperation>()
  readonly #whenGone: (() => void)[] = []
  #presented: Presented
  #caller: IdentifiedCaller | null = null
  #waitingAnswers = 0
  #isEnding = false
  #isAlive = true

  constructor(presented: Presented, webSocket: WebSocket, socket: Duplex, backlogs: Backlogs) {
    this.#presented = presented
    this.#webSocket = webSocket
    this.#socket = socket
    this.#backlogs = backlogs
    webSocket.on('pong', () => {
      this.#isAlive = true
    })
    webSocket.once('close', () => this.#gone())
  }

  /** @throws Error before it is known. */
  get asker(): Asker {
    if (!this.#caller) throw new Error('Nobody has said yet who they are.')
    return { caller: this.#caller, address: this.#presented.address }
  }

  /** What it shows of who opened it. */
  get presented(): Presented {
    return this.#presented
  }

  isOf(presented: Presented, caller: IdentifiedCaller): void {
    this.#presented = presented
    this.#caller = caller
  }

  /** Calls back at once where it is gone already. */
  whenGone(callback: () => void): void {
    if (this.#webSocket.readyState === this.#webSocket.CLOSED) callback()
    else this.#whenGone.push(callback)
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN
  }

  /** Whether what its client says is heard: nothing begins any more on one that ends. */
  get isHeard(): boolean {
    return this.isOpen && !this.#isEnding
  }

  get operations(): number {
    return this.#operations.size
  }

  get waiting(): number {
    return this.#socket.writableLength
  }

  get waitingAnswers(): number {
    return this.#waitingAnswers
  }

  operation(id: string): SocketOperation {
    const operation = new SocketOperation(this, id)
    this.#operations.add(operation)
    this.#unanswered.add(operation)
    return operation
  }

  ended(operation: SocketOperation): void {
    this.#operations.delete(operation)
    this.settled(operation)
  }

  settled(operation: SocketOperation): void {
    this.#unanswered.delete(operation)
    if (this.#isEnding && this.#unanswered.size === 0) setImmediate(() => this.close(closeCodes.closing))
  }

  flushed(): Promise<void> {
    return flushed(this.#socket)
  }

  send(text: string): void {
    if (!this.isOpen) return
    this.#webSocket.send(text)
    this.#backlogs.note(this)
  }

  sendAnswer(text: string): void {
    if (!this.isOpen) return
    const bytes = Buffer.from(text)
    this.#waitingAnswers += bytes.length
    this.#webSocket.send(bytes, { binary: false }, () => {
      this.#waitingAnswers -= bytes.length
    })
    this.#backlogs.note(this)
  }

  comeAgain(why: ComeAgain): void {
    this.close(closeCodes[why])
  }

  dropAsSlow(): void {
    this.close(closeCodes.slow, slowFarewellMs)
  }

  refuse({ status }: RequestRefusal): void {
    if (status === 401) this.close(closeCodes.unauthenticated)
    else this.close(status === 403 ? closeCodes.forbidden : closeCodes.failed)
  }

  close({ code, reason }: { readonly code: number; readonly reason: string }, withinMs = farewellMs): void {
    if (!this.isOpen) return
    for (const operation of [...this.#operations]) operation.stop()
    this.#webSocket.close(code, reason)
    setTimeout(() => this.destroy(), withinMs).unref()
  }

  /** What is not answered yet is answered first. */
  end(): void {
    this.#isEnding = true
    if (this.#unanswered.size === 0) this.close(closeCodes.closing)
  }

  destroy(): void {
    this.#webSocket.terminate()
  }

  /** From time to time; who has not answered since the last time is gone. */
  beat(): void {
    if (!this.#isAlive) this.destroy()
    this.#isAlive = false
    if (this.isOpen) this.#webSocket.ping()
  }

  #gone(): void {
    for (const operation of [...this.#operations]) operation.stop()
    this.#backlogs.forget(this)
    for (const callback of this.#whenGone) callback()
  }
}
