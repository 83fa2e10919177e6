import { StringDecoder } from 'node:string_decoder'
import type { AnswerBody } from './http-message.ts'
import { LargeJson } from './large-json.ts'
import { LetOthers } from './let-others.ts'

/** For whoever has to say what was wrong with it. */
const keptText = 1000

/** A large answer, parsed while it is read, with turns for everybody else in between. What is no JSON is not held either. */
export class LargeText {
  readonly #decoder = new StringDecoder('utf8')
  readonly #others = new LetOthers()
  #json: LargeJson | null = new LargeJson()
  #beginning = ''

  async add(chunk: Uint8Array): Promise<void> {
    const piece = this.#decoder.write(chunk)
    if (this.#beginning.length < keptText) this.#beginning += piece.slice(0, keptText)
    this.#parse((json) => json.write(piece))
    await this.#others.whenTurnIsOver()
  }

  end(): AnswerBody {
    const last = this.#decoder.end()
    const parsed = this.#parse((json) => {
      json.write(last)
      return { value: json.end() }
    })
    return { text: this.#beginning, parsed }
  }

  #parse<T>(step: (json: LargeJson) => T): T | null {
    if (this.#json === null) return null
    try {
      return step(this.#json)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#json = null
      return null
    }
  }
}
