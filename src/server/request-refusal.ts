/** The code of whatever went wrong inside, about which clients are told nothing else. */
export const internalError = 'INTERNAL_SERVER_ERROR'

/** Under the same id the log holds what went wrong. */
export function internalMessage(requestId: string): string {
  return `Internal error; request id ${requestId}`
}

/** What a client may know of it beside the message. */
interface RefusalExtensions {
  readonly code: string
  /** The header that it is about. */
  readonly field?: string
  readonly retryable: boolean
}

/** A request that does not come as far as its session. Each door tells it in the form that its clients know to read. */
export class RequestRefusal extends Error {
  readonly status: number
  readonly extensions: RefusalExtensions
  /** Of the answer. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    extensions: RefusalExtensions,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'RequestRefusal'
    this.status = status
    this.extensions = extensions
    this.headers = headers
  }
}

export function internalRefusal(requestId: string): RequestRefusal {
  return new RequestRefusal(500, internalMessage(requestId), { code: internalError, retryable: false })
}
