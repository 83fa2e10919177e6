import type { FinishedAnswer } from './finished-answer.ts'

/** Written once. */
interface KeptAnswer extends FinishedAnswer {
  readonly body: Buffer
}

interface Kept {
  readonly answer: KeptAnswer
  readonly madeAt: number
}

const mostBytes = 32_000_000
/** A larger one would take the place of too many others. */
const largest = 4_000_000
/** What a key and an entry take beside the bytes of the answer. */
const overhead = 500

/** Whole answers of the last moments, for who asks the same and may see the same. */
export class RecentAnswers {
  readonly #keptMs: number
  /** The oldest first. */
  readonly #byKey = new Map<string, Kept>()
  #bytes = 0

  /** @param keptMs 0: none are kept. */
  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  get bytes(): number {
    return this.#bytes
  }

  /** With its age in milliseconds. */
  find(key: string): { readonly answer: KeptAnswer; readonly ageMs: number } | null {
    if (this.#keptMs === 0) return null
    const kept = this.#byKey.get(key)
    if (!kept) return null
    const ageMs = performance.now() - kept.madeAt
    if (ageMs <= this.#keptMs) return { answer: kept.answer, ageMs }
    this.#drop(key, kept)
    return null
  }

  /** @param madeAt when the first of it was asked of a registry, by `performance.now()`. */
  add(key: string, answer: FinishedAnswer, madeAt: number): void {
    if (this.#keptMs === 0 || !answer.isWhole || answer.body.length > largest) return
    const before = this.#byKey.get(key)
    if (before) this.#drop(key, before)
    const { body } = answer
    const kept = { ...answer, body: typeof body === 'string' ? Buffer.from(body) : body }
    this.#byKey.set(key, { answer: kept, madeAt })
    this.#bytes += sizeOf(key, kept)
    for (const [oldest, kept] of this.#byKey) {
      if (this.#bytes <= mostBytes && performance.now() - kept.madeAt <= this.#keptMs) break
      this.#drop(oldest, kept)
    }
  }

  #drop(key: string, { answer }: Kept): void {
    this.#byKey.delete(key)
    this.#bytes -= sizeOf(key, answer)
  }
}

function sizeOf(key: string, { body }: KeptAnswer): number {
  return body.length + 2 * key.length + overhead
}
