import { setImmediate as nextTurn } from 'node:timers/promises'

/** As much as is parsed in one go, in a millisecond or a few. */
const sliceLength = 64 * 1024
/** How long others may have to wait. */
const turnMs = 5
/** What they take in memory is up to how many there are: even an empty one needs some fifty bytes. */
const mostValues = 500_000
/** Of one mapping, which is put together in one go; what has more of anything is a list. */
const mostKeys = 20_000
const mostLevels = 64

const [quote, comma, openBrace, openBracket, closeBrace, closeBracket] = [
  0x22, 0x2c, 0x7b, 0x5b, 0x7d, 0x5d,
] as const

/** As `JSON.parse`, for texts of many megabytes: in slices, with turns for everybody else in between. */
export async function parseLargeJson(text: string): Promise<unknown> {
  return new LargeJson(text).parse(0, text.length, 0)
}

class LargeJson {
  readonly #text: string
  #turnSince = performance.now()
  #values = 0

  constructor(text: string) {
    this.#text = text
  }

  async parse(from: number, to: number, level: number): Promise<unknown> {
    const start = this.#skipBlanks(from, to)
    const open = this.#text[start]
    const isNested = open === '{' || open === '['
    if (!isNested || to - start <= sliceLength) return JSON.parse(this.#text.slice(start, to))
    return open === '['
      ? this.#parseList(start + 1, to, level)
      : Object.fromEntries(await this.#parseEntries(start + 1, to, level))
  }

  async #parseList(from: number, to: number, level: number): Promise<unknown[]> {
    const items: unknown[] = []
    for await (const { start, end } of this.#slices(from, to, ']', level)) {
      if (end - start > sliceLength) items.push(await this.parse(start, end, level + 1))
      else for (const item of JSON.parse(`[${this.#text.slice(start, end)}]`)) items.push(item)
    }
    return items
  }

  async #parseEntries(from: number, to: number, level: number): Promise<[string, unknown][]> {
    const entries: [string, unknown][] = []
    for await (const { start, end } of this.#slices(from, to, '}', level)) {
      if (end - start > sliceLength) entries.push(await this.#parseEntry(start, end, level))
      else entries.push(...Object.entries(JSON.parse(`{${this.#text.slice(start, end)}}`)))
      if (entries.length > mostKeys) throw new SyntaxError('too many keys')
    }
    return entries
  }

  async #parseEntry(from: number, to: number, level: number): Promise<[string, unknown]> {
    const start = this.#skipBlanks(from, to)
    const end = this.#text[start] === '"' ? this.#endOfString(start) + 1 : to
    const colon = this.#skipBlanks(end, to)
    if (this.#text[colon] !== ':') throw new SyntaxError('a key is missing')
    const key: string = JSON.parse(this.#text.slice(start, end))
    return [key, await this.parse(colon + 1, to, level + 1)]
  }

  /** The members of a list or mapping: one that is large, or as many as make a slice. */
  async *#slices(from: number, to: number, close: string, level: number) {
    for (let start = from; ; ) {
      const end = await this.#endOfSlice(start, to, level)
      const isLast = this.#text[end] !== ','
      const isEmpty = this.#skipBlanks(start, end) === end
      if (isEmpty && !(isLast && start === from)) throw new SyntaxError('a value is missing')
      if (!isEmpty) yield { start, end }
      await this.#letOthers()
      if (isLast && this.#text[end] === close && this.#skipBlanks(end + 1, to) === to) return
      if (isLast) throw new SyntaxError('it does not end where it should')
      start = end + 1
    }
  }

  /** The last comma between members that is within the slice, else the first one; or what closes the whole. */
  async #endOfSlice(from: number, to: number, level: number): Promise<number> {
    let end = -1
    let depth = level
    for (let at = from, pause = from + sliceLength; at < to; at++) {
      if (at >= pause) {
        if (end !== -1) return end
        await this.#letOthers()
        pause = at + sliceLength
      }
      const code = this.#text.charCodeAt(at)
      if (code === quote) at = this.#endOfString(at)
      else if (code === comma) {
        if (level === 0) this.#countValue()
        if (depth > level) continue
        if (at - from > sliceLength) return end === -1 ? at : end
        end = at
      } else if (code === openBrace || code === openBracket) {
        if (++depth > mostLevels) throw new SyntaxError('too many levels')
      } else if ((code === closeBrace || code === closeBracket) && depth-- === level) {
        return end !== -1 && at - from > sliceLength ? end : at
      }
    }
    throw new SyntaxError('it does not end')
  }

  #countValue(): void {
    if (++this.#values > mostValues) throw new SyntaxError('too many values')
  }

  /** Of the quotation mark that ends it. */
  #endOfString(open: number): number {
    for (let at = this.#text.indexOf('"', open + 1); at !== -1; at = this.#text.indexOf('"', at + 1)) {
      let backslashes = 0
      while (this.#text[at - 1 - backslashes] === '\\') backslashes++
      if (backslashes % 2 === 0) return at
    }
    throw new SyntaxError('a text does not end')
  }

  #skipBlanks(from: number, to: number): number {
    let at = from
    while (at < to && ' \t\n\r'.includes(this.#text[at] ?? '')) at++
    return at
  }

  async #letOthers(): Promise<void> {
    if (performance.now() - this.#turnSince < turnMs) return
    await nextTurn()
    this.#turnSince = performance.now()
  }
}
