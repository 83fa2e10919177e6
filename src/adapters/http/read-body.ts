import type { Dispatcher } from 'undici'
import { maskTexts } from '../../contract/index.ts'
import { largestRefusal, tooLarge } from './answer-size.ts'
import { largeFrom } from './large-answers.ts'

type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>

/**
 * Of a refusal the beginning, without the secrets that some repeat there.
 *
 * @param turn is waited for before a large answer is read on.
 * @throws RegistryError when an answer is larger than any honest one.
 */
export async function readText(
  { statusCode, headers, body }: Response,
  maxBytes: number,
  secrets: readonly string[],
  turn: () => Promise<void>,
): Promise<string> {
  if (statusCode < 200 || statusCode > 299) return maskTexts(await readRefusal(body), secrets)
  const declared = Number(headers['content-length'] ?? Number.NaN)
  // Nothing longer than declared arrives, and reading at once is faster than by chunks.
  return declared <= Math.min(maxBytes, largeFrom) ? body.text() : readBytes(body, maxBytes, turn)
}

/** As much as anybody reads of what went wrong. */
export async function readRefusal(body: AsyncIterable<unknown>): Promise<string> {
  const { bytes } = await readUpTo(body, largestRefusal, noTurn)
  return bytes.toString('utf8')
}

/** @throws RegistryError when there are more of them. */
export async function readBytes(
  body: AsyncIterable<unknown>,
  maxBytes: number,
  turn: () => Promise<void>,
): Promise<string> {
  const { bytes, isWhole } = await readUpTo(body, maxBytes, turn)
  if (!isWhole) throw tooLarge(maxBytes)
  return bytes.toString('utf8')
}

/** What is left unread ends the connection. */
async function readUpTo(body: AsyncIterable<unknown>, maxBytes: number, turn: () => Promise<void>) {
  const chunks: Uint8Array[] = []
  let size = 0
  let isLarge = false
  for await (const chunk of body) {
    const bytes = chunk as Uint8Array
    chunks.push(bytes)
    size += bytes.length
    if (!isLarge && size > largeFrom) {
      isLarge = true
      await turn()
    }
    if (size > maxBytes) return { bytes: Buffer.concat(chunks, maxBytes), isWhole: false }
  }
  return { bytes: Buffer.concat(chunks, size), isWhole: true }
}

/** A refusal is never large. */
async function noTurn(): Promise<void> {}
