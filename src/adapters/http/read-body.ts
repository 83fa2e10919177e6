import { largestRefusal, tooLarge } from './answer-size.ts'

/** Waited for before a body is read on. */
export type Took = (chunk: Uint8Array) => Promise<void>

/** As much as anybody reads of what went wrong. */
export async function readRefusal(body: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk as Uint8Array)
    size += (chunk as Uint8Array).length
    // What is left unread ends the connection.
    if (size > largestRefusal) break
  }
  return Buffer.concat(chunks, Math.min(size, largestRefusal)).toString('utf8')
}

/** @throws RegistryError when an answer is larger than any honest one. */
export async function readChunks(body: AsyncIterable<unknown>, maxBytes: number, took: Took): Promise<void> {
  let size = 0
  for await (const chunk of body) {
    const bytes = chunk as Uint8Array
    size += bytes.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    await took(bytes)
  }
}
