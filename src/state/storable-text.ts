const unstorable = /[\0\p{Cs}]/u

/**
 * PostgreSQL keeps neither NUL nor lone surrogates. Both databases are held to that, so that they answer alike:
 * such a text is never written, and as something to look for it is equal to nothing that is there.
 */
export function isStorableText(text: string): boolean {
  return !unstorable.test(text)
}

/** Everything before the first character that cannot be stored. */
export function storablePrefix(text: string): string {
  const index = text.search(unstorable)
  return index < 0 ? text : text.slice(0, index)
}
