/** What a write carries. */
export interface HttpBody {
  readonly contentType: string
  /** In bytes; `null`: it is not known before the end. */
  readonly length: number | null
  readonly bytes: AsyncIterable<Uint8Array>
}

export function toJsonBody(json: unknown): HttpBody {
  const text = Buffer.from(JSON.stringify(json))
  return { contentType: 'application/json', length: text.length, bytes: justOnce(text) }
}

async function* justOnce(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
