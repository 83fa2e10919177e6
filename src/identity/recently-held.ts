const mostDigests = 10_000
const heldMs = 10 * 60_000

/** Credentials that were good of late, by their digests. */
export class RecentlyHeld {
  readonly #until = new Map<string, number>()

  has(digest: string): boolean {
    return (this.#until.get(digest) ?? 0) > performance.now()
  }

  note(digest: string): void {
    this.#until.delete(digest)
    this.#until.set(digest, performance.now() + heldMs)
    const [oldest] = this.#until.keys()
    if (this.#until.size > mostDigests && oldest !== undefined) this.#until.delete(oldest)
  }
}
