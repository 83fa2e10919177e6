import { createHash } from 'node:crypto'
import type { Adapter } from '../contract/index.ts'

const mostKept = 500
const keptIdleMs = 10 * 60_000

interface Connected {
  readonly adapter: Promise<Adapter>
  underWay: number
  usedAt: number
}

/** One connected adapter for each credential that was used of late. */
export class CallersAdapters {
  readonly #connectAs: (bearer: string) => Promise<Adapter>
  /** By digests, in the order of their last use. */
  readonly #connected = new Map<string, Connected>()

  constructor(connectAs: (bearer: string) => Promise<Adapter>) {
    this.#connectAs = connectAs
  }

  async use<T>(credential: string, run: (adapter: Adapter) => Promise<T>): Promise<T> {
    const key = createHash('sha256').update(credential).digest('base64url')
    const connected = this.#connected.get(key) ?? {
      adapter: this.#connectAs(credential),
      underWay: 0,
      usedAt: 0,
    }
    this.#connected.delete(key)
    this.#connected.set(key, connected)
    connected.underWay++
    this.#closeIdle()
    try {
      return await run(await this.#connection(key, connected))
    } finally {
      connected.underWay--
      connected.usedAt = performance.now()
    }
  }

  async close(): Promise<void> {
    const all = [...this.#connected.values()]
    this.#connected.clear()
    await Promise.all(all.map(async ({ adapter }) => (await adapter.catch(() => null))?.close()))
  }

  /** One that could not be made is made anew for the next call. */
  async #connection(key: string, connected: Connected): Promise<Adapter> {
    try {
      return await connected.adapter
    } catch (error) {
      if (this.#connected.get(key) === connected) this.#connected.delete(key)
      throw error
    }
  }

  /** Those that nobody used for long, and of too many those whose last use is the longest ago. */
  #closeIdle(): void {
    const now = performance.now()
    for (const [key, { adapter, underWay, usedAt }] of this.#connected) {
      if (underWay > 0) continue
      if (now - usedAt < keptIdleMs && this.#connected.size <= mostKept) return
      this.#connected.delete(key)
      adapter.then((idle) => idle.close()).catch(() => null)
    }
  }
}
