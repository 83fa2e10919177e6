import { randomUUID } from 'node:crypto'

/** Nobody who writes what answers show can know it. */
const mark = randomUUID()

/** Parts of one answer that are JSON already, and stand in its data as tokens until all of it is written. */
export class InsertedTexts {
  readonly #texts: string[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What stands for it in the data. */
  add(text: string): string {
    this.#length += text.length
    return mark + (this.#texts.push(text) - 1)
  }

  /** JSON of data, with the texts in the places of their tokens. */
  fill(json: string): string {
    if (this.#texts.length === 0) return json
    const [first = '', ...others] = json.split(`"${mark}`)
    let filled = first
    for (const part of others) {
      const end = part.indexOf('"')
      filled += (this.#texts[Number(part.slice(0, end))] ?? '') + part.slice(end + 1)
    }
    return filled
  }
}

export const noTexts = new InsertedTexts()
