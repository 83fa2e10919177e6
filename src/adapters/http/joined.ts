/** As large as an answer that is read at once. */
const mostBytes = 1024 * 1024

let room: Buffer | null = null

/**
 * The bytes in one piece, for as long as nobody else is given others. A buffer for each answer would be garbage outside of
 * the heap, of which V8 takes little before it looks through all that there is.
 */
export function joined(chunks: readonly Uint8Array[]): Buffer {
  const [only] = chunks
  if (only && chunks.length === 1) return Buffer.from(only.buffer, only.byteOffset, only.length)
  room ??= Buffer.allocUnsafeSlow(mostBytes)
  let at = 0
  for (const chunk of chunks) {
    if (at + chunk.length > mostBytes) return Buffer.concat(chunks)
    room.set(chunk, at)
    at += chunk.length
  }
  return room.subarray(0, at)
}
