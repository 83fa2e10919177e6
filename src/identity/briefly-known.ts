import DataLoader from 'dataloader'

/** Longer than a burst of requests takes to arrive, and shorter than anybody waits to see what was revoked. */
const knownMs = 100
const mostKeys = 10_000

interface Entry<T> {
  readonly loadedAt: number
  readonly value: Promise<T>
}

/** What many requests ask for at once is asked of the database once, and of many keys together. */
export class BrieflyKnown<T> {
  readonly #loader: DataLoader<string, T>
  readonly #entries = new Map<string, Entry<T>>()

  /** @param load answers in the order of the keys. */
  constructor(load: (keys: readonly string[]) => Promise<readonly T[]>) {
    this.#loader = new DataLoader(load, { cache: false, maxBatchSize: 1000 })
  }

  get(key: string): Promise<T> {
    const now = performance.now()
    const entry = this.#entries.get(key)
    if (entry && now - entry.loadedAt < knownMs) return entry.value
    const value = this.#loader.load(key)
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
