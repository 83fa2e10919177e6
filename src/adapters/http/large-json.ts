import { randomUUID } from 'node:crypto'

/** As much as is parsed in one go, in a millisecond or a few. */
const sliceLength = 64 * 1024
/** What they take in memory is up to how many there are: even an empty one needs some fifty bytes. */
const mostValues = 500_000
/** Of a slice. A value of fewer than four bytes takes far more memory than it took to send, and says nothing. */
const mostValuesInSlice = sliceLength / 4
/** Of one mapping; what has more of anything is a list. */
const mostKeys = 20_000
const mostLevels = 64
/** Stands for what was begun in an earlier slice. Nobody who writes an answer can know it. */
const begun = randomUUID()

const [quote, comma, openBrace, openBracket, closeBrace, closeBracket] = [
  0x22, 0x2c, 0x7b, 0x5b, 0x7d, 0x5d,
] as const
const keyThere = /"(?:[^"\\]|\\.)*"/sy

/** A list or mapping that has not ended yet. */
interface Level {
  readonly isList: boolean
  /** Where the last key of a mapping is, in the slice. */
  keyAt: number
  awaitsKey: boolean
  /** What earlier slices have said of it. */
  value: Record<string, unknown> | unknown[]
  keys: number
}

/**
 * As `JSON.parse`, for texts that come in pieces and are never held whole. When there is enough for a slice it is parsed
 * up to a comma, as if all that is open there ended, and added to what was said before.
 *
 * @throws SyntaxError also for what takes more memory than any answer has a reason to.
 */
export class LargeJson {
  readonly #levels: Level[] = []
  /** Where the slice begins. */
  #opened: readonly Level[] = []
  /** How many of those are still open. */
  #kept = 0
  #root: unknown
  /** Of the slice, and how long they are. */
  #pieces: string[] = []
  #length = 0
  #isInText = false
  #isEscaping = false
  #values = 0
  #valuesInSlice = 0

  write(piece: string): void {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      if (this.#isInText) {
        at = this.#endOfText(piece, at)
        continue
      }
      const code = piece.charCodeAt(at)
      if (code === quote) this.#beginText(this.#length + at - from)
      else if (code === comma) {
        if (this.#length + at - from >= sliceLength) {
          this.#pieces.push(piece.slice(from, at))
          this.#endSlice()
          from = at + 1
        }
        this.#beginMember()
      } else if (code === openBrace || code === openBracket) this.#open(code === openBracket)
      else if (code === closeBrace || code === closeBracket) this.#close()
    }
    this.#pieces.push(piece.slice(from))
    this.#length += piece.length - from
  }

  end(): unknown {
    this.#endSlice()
    if (this.#levels.length > 0) throw new SyntaxError('it does not end')
    return this.#root
  }

  #beginText(place: number): void {
    this.#isInText = true
    const level = this.#levels.at(-1)
    if (!level?.awaitsKey) return
    level.awaitsKey = false
    level.keyAt = place
  }

  /** The place of its quotation mark, or the last one of the piece. */
  #endOfText(piece: string, from: number): number {
    // What the last piece ended with may have made the first character another one.
    const start = from + Number(this.#isEscaping)
    this.#isEscaping = false
    for (let at = start; ; at++) {
      const found = piece.indexOf('"', at)
      at = found === -1 ? piece.length : found
      let backslashes = 0
      while (at - 1 - backslashes >= start && piece[at - 1 - backslashes] === '\\') backslashes++
      const isEscaped = backslashes % 2 === 1
      if (found === -1) this.#isEscaping = isEscaped
      else if (isEscaped) continue
      else this.#isInText = false
      return at
    }
  }

  #beginMember(): void {
    if (++this.#values > mostValues || ++this.#valuesInSlice > mostValuesInSlice)
      throw new SyntaxError('too many values')
    const level = this.#levels.at(-1)
    if (level === undefined) throw new SyntaxError('it goes on behind its end')
    level.awaitsKey = !level.isList
  }

  #open(isList: boolean): void {
    const value = isList ? [] : {}
    if (this.#levels.push({ isList, keyAt: 0, awaitsKey: !isList, value, keys: 0 }) > mostLevels)
      throw new SyntaxError('too many levels')
  }

  #close(): void {
    if (this.#levels.pop() === undefined) throw new SyntaxError('it ends more than once')
    this.#kept = Math.min(this.#kept, this.#levels.length)
  }

  #endSlice(): void {
    const text = this.#pieces.join('')
    this.#pieces = []
    this.#length = 0
    this.#valuesInSlice = 0
    const isLast = this.#levels.length === 0
    const isFirst = this.#opened.length === 0
    // What would be an end of a list without the comma is none with it.
    const [start, end] = [text.trimStart()[0] ?? ',', text.trimEnd().at(-1) ?? ',']
    if ((!isFirst && ',]}'.includes(start)) || (!isLast && '[{,'.includes(end)))
      throw new SyntaxError('a value is missing')
    const value: unknown = JSON.parse(this.#beginning() + text + this.#ending())
    if (isFirst) this.#root = value
    else this.#add(value)
    this.#reopen(text)
  }

  #beginning(): string {
    return this.#opened
      .map(({ isList }, index) => {
        if (isList) return '['
        return index === this.#opened.length - 1 ? '{' : `{"${begun}":`
      })
      .join('')
  }

  #ending(): string {
    return this.#levels
      .map(({ isList }) => (isList ? ']' : '}'))
      .reverse()
      .join('')
  }

  /** What a slice says of each level that was open where it begins. */
  #add(slice: unknown): void {
    let part = slice
    for (const [index, level] of this.#opened.entries()) {
      const isInnermost = index === this.#opened.length - 1
      if (Array.isArray(level.value)) {
        const items = part as unknown[]
        for (let item = isInnermost ? 0 : 1; item < items.length; item++) level.value.push(items[item])
        part = items[0]
      } else {
        const members = part as Record<string, unknown>
        for (const key of Object.keys(members))
          if (isInnermost || key !== begun) set(level, key, members[key])
        part = members[begun]
      }
    }
  }

  /** Finds what was begun in the slice and goes on behind it. */
  #reopen(text: string): void {
    for (let index = this.#kept; index < this.#levels.length; index++) {
      const [above, level] = [this.#levels[index - 1], this.#levels[index]]
      if (level === undefined) return
      level.value = (above === undefined ? this.#root : lastOf(above, text)) as Level['value']
      level.keys = level.isList ? 0 : Object.keys(level.value).length
    }
    this.#opened = [...this.#levels]
    this.#kept = this.#levels.length
  }
}

function lastOf({ value, keyAt }: Level, text: string): unknown {
  if (Array.isArray(value)) return value.at(-1)
  keyThere.lastIndex = keyAt
  return value[JSON.parse(keyThere.exec(text)?.[0] ?? '')]
}

function set(level: Level, key: string, value: unknown): void {
  if (!Object.hasOwn(level.value, key) && ++level.keys > mostKeys) throw new SyntaxError('too many keys')
  // As an assignment it would be another prototype.
  Object.defineProperty(level.value, key, { value, writable: true, enumerable: true, configurable: true })
}
