import { setInterval as every } from 'node:timers/promises'

const chunk = Buffer.alloc(64 * 1024, ' ')

/** Of whitespace, which may stand anywhere in JSON: so many bytes at once, and then one after the other for ever. */
export async function* endlessJson(atOnce: number): AsyncGenerator<string | Buffer> {
  yield '{"models":['
  for (let sent = 0; sent < atOnce; sent += chunk.length) yield chunk
  for await (const _ of every(20)) yield ' '
}
