import { setTimeout as wait } from 'node:timers/promises'
import type { Call } from '../../contract/index.ts'
import { untilAborted } from '../../timing/until-aborted.ts'

/** A second's share of one server while others need the thread: less than a tenth of its time. */
const bytesPerMs = (4 * 1024 * 1024) / 1000
/** Taken at once by whoever has taken less of late. */
const savedMs = 1000
/** What one more request costs, however little it brings. */
const requestBytes = 16 * 1024
/** Of a file, whose bytes are passed on and not looked at. */
const fileBytesForOne = 4
/** How long after somebody was last seen to need the thread that still holds. */
const recentMs = 100
/** How often one who waits looks whether the others are gone. */
const lookMs = 20

interface Clock {
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>
}

const realClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) => untilAborted(wait(milliseconds, undefined), signal),
}

/** All servers that share a thread. */
export class SharedThread {
  readonly clock: Clock
  readonly #neededAt = new Map<ShareOfThread, number>()

  constructor(clock: Clock = realClock) {
    this.clock = clock
  }

  note(share: ShareOfThread): void {
    this.#neededAt.set(share, this.clock.now())
  }

  /** Whether somebody else needed it just now. */
  isNeededBeside(share: ShareOfThread): boolean {
    const since = this.clock.now() - recentMs
    for (const [other, at] of this.#neededAt) {
      if (at < since) this.#neededAt.delete(other)
      else if (other !== share) return true
    }
    return false
  }
}

const theThread = new SharedThread()

const goingOn = new WeakSet<Call>()

/** Of what is asked from now on for this call, all counts: it is more of a list that may have no end. */
export function noteGoesOn(call: Call): void {
  goingOn.add(call)
}

/**
 * What one server may make the one thread do that answers everybody. Answers as most requests get them count for
 * nothing. What may go on for ever (a large answer, a list's later pages, folders in folders, a file) counts, and waits
 * while others need the thread and the share is used up. Whoever has the thread for itself never waits.
 */
export class ShareOfThread {
  readonly #thread: SharedThread
  /** When all that was taken is paid for. */
  #paidAt = 0

  constructor(thread: SharedThread = theThread) {
    this.#thread = thread
  }

  /** To be told of whatever is asked of the server and comes from it. */
  note(): void {
    this.#thread.note(this)
  }

  countsAll(call: Call): boolean {
    return goingOn.has(call)
  }

  /** Null: nobody has to wait. Rejects with the signal's reason. */
  takeRequest(call: Call, signal: AbortSignal): Promise<void> | null {
    this.note()
    return this.countsAll(call) ? this.take(requestBytes, signal) : null
  }

  /** @throws the signal's reason. */
  async takeOfFile(bytes: number, signal: AbortSignal): Promise<void> {
    await this.take(bytes / fileBytesForOne, signal)
  }

  /** @throws the signal's reason. */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#thread
    const due = Math.max(this.#paidAt, clock.now() - savedMs)
    this.#paidAt = due + bytes / bytesPerMs
    for (;;) {
      const left = due - clock.now()
      if (left <= 0) return
      if (!this.#thread.isNeededBeside(this)) break
      signal.throwIfAborted()
      await clock.wait(Math.min(left, lookMs), signal)
    }
    // What was taken while nobody else was there is not held against it.
    this.#paidAt = Math.min(this.#paidAt, clock.now())
  }
}
