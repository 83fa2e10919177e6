const [quote, backslash, comma, openBrace, closeBrace] = [0x22, 0x5c, 0x2c, 0x7b, 0x7d] as const

/** Behind the spaces of JSON. */
export function skipSpace(bytes: Buffer, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at++
  }
}

/** Behind the object that begins here, as far as braces and texts tell; -1 where none begins or it does not end. */
export function endOfObject(bytes: Buffer, from: number): number {
  if (bytes[from] !== openBrace) return -1
  let open = 0
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      at = endOfText(bytes, at + 1)
      if (at === -1) return -1
    } else if (byte === openBrace) open++
    else if (byte === closeBrace && --open === 0) return at + 1
  }
  return -1
}

/** The place of its quotation mark. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) return at
    if (byte === backslash) at++
  }
  return -1
}

/** So much of a row says which it is, as a rule: its name and its times stand in front. */
const longestBeginning = 256

/**
 * Of how the object that begins here begins. It looks at nothing behind the first closing brace, which is not behind the
 * object's own end, so that what follows on a row makes no difference.
 */
export function hashOfBeginning(bytes: Buffer, from: number, seed: number): number {
  const brace = bytes.indexOf(closeBrace, from)
  const end = Math.min(brace === -1 ? bytes.length : brace, from + longestBeginning)
  let [hash, at] = [seed, from]
  // Four at a time, as each step waits for the one before.
  for (; at + 3 < end; at += 4) hash = Math.imul(hash ^ fourOf(bytes, at), prime)
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), prime)
  return hash ^ (hash >>> 15)
}

const prime = 16_777_619

function fourOf(bytes: Buffer, at: number): number {
  const [first, second, third, fourth] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (
    (first as number) | ((second as number) << 8) | ((third as number) << 16) | ((fourth as number) << 24)
  )
}

export function isNextRow(bytes: Buffer, at: number, row: Buffer): boolean {
  const end = at + row.length
  return end <= bytes.length && bytes.compare(row, 0, row.length, at, end) === 0
}

/** Where the row begins that follows behind a comma; -1 where none does. */
export function toNextRow(bytes: Buffer, end: number): number {
  const at = skipSpace(bytes, end)
  return bytes[at] === comma ? skipSpace(bytes, at + 1) : -1
}
