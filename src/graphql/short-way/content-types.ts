const mostKnown = 100
const longest = 300

/**
 * In which of its media types Apollo answered those who accept the same, which depends on nothing else. It is learnt
 * from Apollo's answers, so that nobody negotiates but Apollo.
 */
export class ContentTypes {
  readonly #byAccept = new Map<string, string>()

  /** Null as long as Apollo has not answered such a client. */
  find(accept: string | undefined): string | null {
    return this.#byAccept.get(accept ?? '') ?? null
  }

  /** From an answer with status 200. */
  learn(accept: string | undefined, contentType: unknown): void {
    const key = accept ?? ''
    if (typeof contentType !== 'string' || this.#byAccept.size >= mostKnown || key.length > longest) return
    this.#byAccept.set(key, contentType)
  }
}
