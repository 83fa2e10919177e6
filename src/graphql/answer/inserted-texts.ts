import { randomUUID } from 'node:crypto'

/** Nobody who writes what answers show can know it. */
const mark = randomUUID()

const [openBracket, comma, closeBracket] = [0x5b, 0x2c, 0x5d] as const

/** As much as Node puts into one piece with what stands before it, and sends at once. */
const shortLength = 4096

/** JSON that was written before, and what it counts for in an answer. */
export interface WrittenText {
  readonly bytes: Buffer
  readonly objects: number
  readonly characters: number
}

/** Parts of one answer that are written already. In its data each stands as a token, until all of it is written. */
export class InsertedTexts {
  readonly #parts: (WrittenText | readonly WrittenText[])[] = []
  #bytes = 0
  #objects = 0
  #characters = 0

  get bytes(): number {
    return this.#bytes
  }

  /** What all of it counts for. */
  get objects(): number {
    return this.#objects
  }

  get characters(): number {
    return this.#characters
  }

  /** @returns what stands for it in the data. */
  add(text: WrittenText): string {
    this.#count(text)
    return this.#tokenOf(text)
  }

  /** As {@link add}, of a list of them. */
  addList(texts: readonly WrittenText[]): string {
    for (const text of texts) this.#count(text)
    this.#bytes += texts.length + 1
    return this.#tokenOf(texts)
  }

  /** JSON of data, with what is written already in the places of its tokens. What is short goes out as a text, with its head. */
  fill(json: string): string | Buffer {
    if (this.#parts.length === 0) return json.length <= shortLength ? json : Buffer.from(json)
    const [first = '', ...others] = json.split(`"${mark}`)
    const filled = Buffer.allocUnsafe(Buffer.byteLength(json) + this.#bytes)
    let at = filled.write(first)
    for (const piece of others) {
      const end = piece.indexOf('"')
      at = write(filled, at, this.#parts[Number(piece.slice(0, end))] ?? [])
      at += filled.write(piece.slice(end + 1), at)
    }
    return filled.subarray(0, at)
  }

  #count({ bytes, objects, characters }: WrittenText): void {
    this.#bytes += bytes.length
    this.#objects += objects
    this.#characters += characters
  }

  #tokenOf(part: WrittenText | readonly WrittenText[]): string {
    return mark + (this.#parts.push(part) - 1)
  }
}

/** The place behind it. */
function write(target: Buffer, from: number, part: WrittenText | readonly WrittenText[]): number {
  if ('bytes' in part) {
    target.set(part.bytes, from)
    return from + part.bytes.length
  }
  let at = from
  target[at++] = openBracket
  for (const [index, { bytes }] of part.entries()) {
    if (index > 0) target[at++] = comma
    target.set(bytes, at)
    at += bytes.length
  }
  target[at++] = closeBracket
  return at
}

export const noTexts = new InsertedTexts()
