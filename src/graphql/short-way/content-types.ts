const mostKnown = 100
const longest = 300

/**
 * In which of its media types Apollo answered those who accept the same, which depends on nothing else. It is learnt
 * from Apollo's answers, so that nobody negotiates but Apollo.
 */
export class ContentTypes {
  /** Those who asked last are last, so that nobody can take the place of all others for good. */
  readonly #byAccept = new Map<string, string>()

  /** Null as long as Apollo has not answered such a client. */
  find(accept: string | undefined): string | null {
    const key = accept ?? ''
    const contentType = this.#byAccept.get(key)
    if (contentType === undefined) return null
    this.#byAccept.delete(key)
    this.#byAccept.set(key, contentType)
    return contentType
  }

  /** From an answer with status 200. */
  learn(accept: string | undefined, contentType: unknown): void {
    const key = accept ?? ''
    if (typeof contentType !== 'string' || key.length > longest) return
    this.#byAccept.set(key, contentType)
    if (this.#byAccept.size <= mostKnown) return
    for (const oldest of this.#byAccept.keys()) {
      this.#byAccept.delete(oldest)
      break
    }
  }
}
