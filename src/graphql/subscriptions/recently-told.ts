import type { EventRecord } from '../../federation/records/event.ts'

const mostCharacters = 4_000_000
const mostEntries = 5000

/** Null: it may not be told. */
type Said = Promise<string | null>

/** What was said of the last events, so that whoever asks the same and may see the same is told the same bytes. */
export class RecentlyTold {
  /** The oldest first. */
  readonly #said = new Map<string, { readonly said: Said; size: number }>()
  #characters = 0

  /** @param say what is said of those of which nothing is known, by their numbers. */
  async say(
    key: string,
    events: readonly EventRecord[],
    say: (unsaid: readonly EventRecord[]) => Promise<ReadonlyMap<number, string | null>>,
  ): Promise<readonly (string | null)[]> {
    const unsaid = events.filter(({ seq }) => !this.#said.has(keyOf(key, seq)))
    if (unsaid.length > 0) {
      const saying = say(unsaid)
      for (const { seq } of unsaid)
        this.#keep(
          keyOf(key, seq),
          saying.then((said) => said.get(seq) ?? null),
        )
    }
    return Promise.all(events.map(({ seq }) => this.#said.get(keyOf(key, seq))?.said ?? null))
  }

  #keep(key: string, said: Said): void {
    const entry = { said, size: 0 }
    this.#said.set(key, entry)
    said.then(
      (json) => {
        if (this.#said.get(key) !== entry) return
        entry.size = json?.length ?? 0
        this.#characters += entry.size
        this.#forget()
      },
      () => this.#said.delete(key),
    )
  }

  #forget(): void {
    for (const [key, { size }] of this.#said) {
      if (this.#characters <= mostCharacters && this.#said.size <= mostEntries) return
      this.#said.delete(key)
      this.#characters -= size
    }
  }
}

function keyOf(key: string, seq: number): string {
  return `${seq} ${key}`
}
