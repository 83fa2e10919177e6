import type { HttpBody } from './http-body.ts'

/** A read, whatever its method. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Below the path of the connection's URL, with its query. */
  readonly path: string
  readonly json?: unknown
}

export interface HttpWrite {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body: HttpBody
}

export interface HttpAnswer extends AnswerBody {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | null
  /** The server's clock, or that of a proxy. */
  readonly date?: string
  /** What it came by, and may be of. */
  readonly proxy?: URL
}

export interface AnswerBody {
  readonly text: string
  /** What the text is made of, where all of it is here. */
  readonly chunks?: readonly Uint8Array[]
  /** What a large text said, of which only the beginning is kept then; `null`: it was no JSON. */
  readonly parsed?: { readonly value: unknown } | null
}
