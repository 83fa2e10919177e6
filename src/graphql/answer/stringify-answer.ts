import type { FormattedExecutionResult } from 'graphql'
import { turns } from '../../federation/turns.ts'
import { type AnswerMeter, tooLarge } from './answer-meter.ts'
import type { InsertedTexts } from './inserted-texts.ts'

/** An answer of no more than this is written at once. */
const few = { objects: 5000, characters: 500_000 }

/** The letters of texts may each take six when they are written. */
const longest = 64_000_000

/** The answer as JSON: at once, or in turns where it is large. @param meter null: it is known to be small. */
export function stringifyAnswer(
  result: FormattedExecutionResult,
  meter: AnswerMeter | null,
  texts: InsertedTexts,
): string | Promise<string> {
  // What is written already is put in its place at once.
  const objects = (meter?.objects ?? 0) - texts.objects
  const characters = (meter?.characters ?? 0) - texts.characters
  if (meter && (objects > few.objects || characters > few.characters || texts.bytes > longest)) {
    return stringifyInTurns(result, meter, texts)
  }
  meter?.release()
  return `${JSON.stringify(result)}\n`
}

async function stringifyInTurns(
  result: FormattedExecutionResult,
  meter: AnswerMeter,
  texts: InsertedTexts,
): Promise<string> {
  const json = new JsonText(texts.bytes)
  await json.add(result)
  meter.release()
  if (!json.isTooLong) return json.text
  return `${JSON.stringify({ errors: [tooLarge(`${longest} characters of JSON`)] })}\n`
}

class JsonText {
  readonly #parts: string[] = []
  #length: number

  /** @param length of what is put into its places later. */
  constructor(length: number) {
    this.#length = length
  }

  get isTooLong(): boolean {
    return this.#length > longest
  }

  get text(): string {
    return `${this.#parts.join('')}\n`
  }

  async add(value: unknown): Promise<void> {
    if (this.isTooLong) return
    if (turns.isOver()) await turns.next()
    if (Array.isArray(value)) return this.#addItems(value)
    if (typeof value === 'object' && value !== null && Object.values(value).some(isNested)) {
      return this.#addFields(Object.entries(value))
    }
    this.#put(JSON.stringify(value))
  }

  async #addItems(items: readonly unknown[]): Promise<void> {
    let before = '['
    for (const item of items) {
      this.#put(before)
      await this.add(item)
      before = ','
    }
    this.#put(before === '[' ? '[]' : ']')
  }

  /** What is undefined has no place in JSON. */
  async #addFields(fields: readonly [string, unknown][]): Promise<void> {
    let before = '{'
    for (const [name, value] of fields) {
      if (value === undefined) continue
      this.#put(`${before}${JSON.stringify(name)}:`)
      if (isNested(value)) await this.add(value)
      else this.#put(JSON.stringify(value))
      before = ','
    }
    this.#put('}')
  }

  #put(part: string): void {
    this.#parts.push(part)
    this.#length += part.length
  }
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
