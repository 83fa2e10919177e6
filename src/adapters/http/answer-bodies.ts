import type { Call } from '../../contract/index.ts'
import { countAnswer } from './answer-size.ts'
import type { AnswerBody } from './http-message.ts'
import { LargeText } from './large-text.ts'
import { readChunks } from './read-body.ts'
import { WholeBody } from './received-answer.ts'
import type { ShareOfThread } from './share-of-thread.ts'
import { Turns } from './turns.ts'

/** From how many bytes on an answer waits for its turn, and is parsed while it is read. */
export const largeFrom = 1024 * 1024

export interface SmallBody {
  /** Once all of it is here. */
  all(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>
}

export interface BodyLimits {
  readonly call: Call
  readonly maxBytes: number
  /** Ends the wait: the call's, or one that ends before it. */
  readonly signal: AbortSignal
}

/**
 * The answers of one server, of which one large one at a time is read and parsed. The others stay where they are, with
 * the server, so that what they take in memory is bounded for all of them together. One that stalls holds up the large
 * ones of its own server until its deadline, and nothing else: small ones never wait.
 */
export class AnswerBodies {
  readonly #share: ShareOfThread
  readonly #turns = new Turns(1)

  constructor(share: ShareOfThread) {
    this.#share = share
  }

  /** @throws RegistryError when it is too much, by itself or with what the call has got before. */
  async read(body: AsyncIterable<unknown>, { call, maxBytes, signal }: BodyLimits): Promise<AnswerBody> {
    this.#share.note()
    const countsAll = this.#share.countsAll(call)
    const chunks: Uint8Array[] = []
    let size = 0
    const large: { passOn?: () => void; text?: LargeText } = {}
    try {
      await readChunks(body, maxBytes, async (chunk) => {
        size += chunk.length
        if (large.text) return this.#pass(large.text, [chunk], signal)
        chunks.push(chunk)
        if (size > largeFrom) {
          large.passOn = await this.#turns.take(signal)
          large.text = new LargeText()
          await this.#pass(large.text, chunks.splice(0), signal)
        } else if (countsAll) await this.#share.take(chunk.length, signal)
      })
      countAnswer(call, size)
      return large.text ? large.text.end() : { text: Buffer.concat(chunks, size).toString('utf8') }
    } finally {
      this.#share.note()
      large.passOn?.()
    }
  }

  /** One that is known to be small, at once, which is faster than by chunks. */
  readSmall(body: SmallBody, limits: Omit<BodyLimits, 'maxBytes'>): WholeBody | Promise<WholeBody> {
    const chunks = body.all()
    return chunks instanceof Promise
      ? chunks.then((all) => this.#take(all, limits))
      : this.#take(chunks, limits)
  }

  #take(
    chunks: readonly Uint8Array[],
    { call, signal }: Omit<BodyLimits, 'maxBytes'>,
  ): WholeBody | Promise<WholeBody> {
    let size = 0
    for (const { length } of chunks) size += length
    const count = () => {
      countAnswer(call, size)
      return new WholeBody(chunks)
    }
    this.#share.note()
    return this.#share.countsAll(call) ? this.#share.take(size, signal).then(count) : count()
  }

  async #pass(text: LargeText, chunks: readonly Uint8Array[], signal: AbortSignal): Promise<void> {
    for (const chunk of chunks) {
      await text.add(chunk)
      await this.#share.take(chunk.length, signal)
    }
  }
}
