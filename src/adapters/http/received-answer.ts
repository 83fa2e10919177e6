import type { AnswerBody, HttpAnswer } from './http-message.ts'

type Head = Omit<HttpAnswer, keyof AnswerBody>

/** The text of a body is made when somebody wants it. */
export class ReceivedAnswer implements HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | null
  readonly date?: string
  readonly proxy?: URL
  readonly bytes?: Buffer
  readonly parsed?: { readonly value: unknown } | null
  readonly #body: AnswerBody

  constructor({ status, contentType, retryAfter, date, proxy }: Head, body: AnswerBody) {
    this.status = status
    this.contentType = contentType
    this.retryAfter = retryAfter
    if (date !== undefined) this.date = date
    if (proxy !== undefined) this.proxy = proxy
    if (body.bytes !== undefined) this.bytes = body.bytes
    if (body.parsed !== undefined) this.parsed = body.parsed
    this.#body = body
  }

  get text(): string {
    return this.#body.text
  }
}

/** Of an answer that is all here. */
export class WholeBody implements AnswerBody {
  readonly bytes: Buffer
  #text: string | null = null

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get text(): string {
    this.#text ??= this.bytes.toString('utf8')
    return this.#text
  }
}
