import type { AnswerBody, HttpAnswer } from './http-message.ts'
import { joined } from './joined.ts'

type Head = Pick<HttpAnswer, 'status' | 'contentType' | 'retryAfter'> & {
  readonly date: string | undefined
  readonly proxy: URL | null
}

/** The text of a body is made when somebody wants it. */
export class ReceivedAnswer implements HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | null
  readonly date?: string
  readonly proxy?: URL
  readonly chunks?: readonly Uint8Array[]
  readonly parsed?: { readonly value: unknown } | null
  readonly #body: AnswerBody

  constructor({ status, contentType, retryAfter, date, proxy }: Head, body: AnswerBody) {
    this.status = status
    this.contentType = contentType
    this.retryAfter = retryAfter
    if (date !== undefined) this.date = date
    if (proxy !== null) this.proxy = proxy
    if (body.chunks !== undefined) this.chunks = body.chunks
    if (body.parsed !== undefined) this.parsed = body.parsed
    this.#body = body
  }

  get text(): string {
    return this.#body.text
  }
}

/** Of an answer that is all here. */
export class WholeBody implements AnswerBody {
  readonly chunks: readonly Uint8Array[]
  #text: string | null = null

  constructor(chunks: readonly Uint8Array[]) {
    this.chunks = chunks
  }

  get text(): string {
    this.#text ??= joined(this.chunks).toString('utf8')
    return this.#text
  }
}
