/** A row and the bytes that it was made of. */
export interface KeptRow {
  readonly bytes: Buffer
  readonly row: unknown
  /** Who made it: others make something else of the same bytes. */
  readonly owner: object
}

/** What a row takes beside its bytes: the record that was made of it, a few times as much. */
const bytesOfByte = 5
const bytesOfRow = 500

/**
 * Rows that were read of late, by a hash of how they begin; of two with the same hash the one that was read last. What
 * was not asked for since half of the room was filled anew is forgotten.
 */
export class KeptRows {
  readonly #mostBytes: number
  #young = new Map<number, KeptRow>()
  #old = new Map<number, KeptRow>()
  #youngBytes = 0
  #oldBytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#youngBytes + this.#oldBytes
  }

  find(hash: number): KeptRow | undefined {
    const young = this.#young.get(hash)
    if (young) return young
    const old = this.#old.get(hash)
    if (old) this.keep(hash, old)
    return old
  }

  keep(hash: number, kept: KeptRow): void {
    const before = this.#young.get(hash)
    if (before) this.#youngBytes -= sizeOf(before)
    this.#young.set(hash, kept)
    this.#youngBytes += sizeOf(kept)
    if (this.#youngBytes <= this.#mostBytes / 2) return
    this.#old = this.#young
    this.#oldBytes = this.#youngBytes
    this.#young = new Map()
    this.#youngBytes = 0
  }
}

function sizeOf({ bytes }: KeptRow): number {
  return bytes.length * bytesOfByte + bytesOfRow
}

/** Of all servers together. */
export const keptRows = new KeptRows(32_000_000)
