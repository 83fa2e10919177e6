/**
 * How texts are written in MLflow's filters. The grammar has no escapes, except in lists, which the server reads as
 * Python literals. Where a text cannot be written exactly, a LIKE pattern that takes in more stands for it.
 */

/** `null`: a text with both quotes, or with a backslash at its end, which would swallow the quote. */
export function quote(text: string): string | null {
  if (!canTravel(text) || text.endsWith('\\')) return null
  if (!text.includes("'")) return `'${text}'`
  return text.includes('"') ? null : `"${text}"`
}

/** Any text that can travel at all, by the escapes of Python literals. */
function quoteInList(text: string): string {
  const escaped = text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
    /[\x00-\x1f\x7f\x85\u2028\u2029'"\\]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `'${escaped}'`
}

export function isOneOf(field: string, texts: readonly string[]): string {
  return `${field} IN (${texts.map(quoteInList).join(',')})`
}

/**
 * Names that MLflow refuses in single look-ups since 3.11, though older ones may have left them in the store, and
 * searches still find them.
 */
export function isSearchedOnly(name: string): boolean {
  return /[/:]/.test(name) || /^\s*\.{0,2}\s*$/.test(name)
}

/** Half a surrogate pair has no UTF-8, and PostgreSQL keeps no NUL. */
export function canTravel(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** SQLite refuses patterns of 50,000 bytes and more. */
const maxPatternLength = 5000

/**
 * The inside of a LIKE pattern that every text holding `text` matches, and some others: `%` and `_` in it cannot be
 * escaped, and stand for what they stand for. `null`: too long, or not to be written.
 */
export function likePattern(text: string): string | null {
  if (!canTravel(text) || text.length > maxPatternLength) return null
  return text.replace(/['"\\]/g, '_')
}

/**
 * The same for ILIKE. SQLite folds ASCII only, and letters beyond ASCII fold to some within it, as `ß` to `ss` and the
 * Kelvin sign to `k`, so that only those can be held to that nothing but themselves folds to.
 */
export function ilikePattern(text: string): string | null {
  if (!canTravel(text) || text.length > maxPatternLength) return null
  return text
    .replace(/[^b-egmo-ru-vxzB-EGMO-RU-VXZ0-9 .,:;/@#=+<>()!?&*~^|{}[\]$_%-]/gu, '%')
    .replace(/%+/g, '%')
}
