/**
 * Compares two texts by Unicode code point, which is the order of their UTF-8 bytes (SQLite's BINARY, PostgreSQL's
 * COLLATE "C") and not the order of JavaScript's `<`, which compares UTF-16 units: U+FF5E is before U+1F600.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Integers by value, before all other versions by code point. */
export function compareVersions(a: string, b: string): number {
  const x = isInteger(a)
  const y = isInteger(b)
  if (x && y) return compareIntegers(a, b)
  if (x !== y) return x ? -1 : 1
  return compareCodePoints(a, b)
}

function isInteger(version: string): boolean {
  return /^[0-9]+$/.test(version)
}

/** Of any length, so that no number is rounded; equal values with other zeros in front stay apart. */
function compareIntegers(a: string, b: string): number {
  const x = withoutZeros(a)
  const y = withoutZeros(b)
  return x.length - y.length || compareCodePoints(x, y) || compareCodePoints(a, b)
}

function withoutZeros(digits: string): string {
  return digits.startsWith('0') ? digits.replace(/^0+(?=.)/, '') : digits
}
