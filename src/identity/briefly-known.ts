/** Longer than a burst of requests takes to arrive, and shorter than anybody waits to see what was revoked. */
const knownMs = 100
const mostKeys = 10_000

interface Entry<T> {
  readonly loadedAt: number
  readonly value: Promise<T>
}

/** What many requests ask for at once is asked of the database once. */
export class BrieflyKnown<T> {
  readonly #load: (key: string) => Promise<T>
  readonly #entries = new Map<string, Entry<T>>()

  constructor(load: (key: string) => Promise<T>) {
    this.#load = load
  }

  get(key: string): Promise<T> {
    const now = performance.now()
    const entry = this.#entries.get(key)
    if (entry && now - entry.loadedAt < knownMs) return entry.value
    const value = this.#load(key)
    value.catch(() => this.#entries.delete(key))
    this.#entries.delete(key)
    this.#entries.set(key, { loadedAt: now, value })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > mostKeys && oldest !== undefined) this.#entries.delete(oldest)
    return value
  }

  forget(key: string): void {
    this.#entries.delete(key)
  }
}
