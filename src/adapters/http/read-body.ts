import type { Dispatcher } from 'undici'
import { RegistryError } from '../../contract/index.ts'

/** Reads a body as text, and gives up on one that is larger than any honest answer. */
export async function readBody(
  { headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<string> {
  const declared = Number(headers['content-length'] ?? Number.NaN)
  // Nothing longer than declared arrives, and reading at once is faster than by chunks.
  if (declared <= maxBytes) return body.text()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      throw new RegistryError('REGISTRY_ERROR', `The registry sent an answer of more than ${maxBytes} bytes.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}
