/** Cherokee folds to its capitals, as its small letters are the younger ones. */
const parts = /[\u13a0-\u13fd\uab70-\uabbf]+|[^\u0131\u13a0-\u13fd\uab70-\uabbf]+/gu
const isCherokee = /^[\u13a0-\u13fd\uab70-\uabbf]/u

/**
 * A text in Unicode default case folding (CaseFolding.txt, statuses C and F), which is what `ignoreCase` compares by:
 * whatever the locale, and character by character, so that what is equal, within, at the beginning or at the end of a
 * text stays so when both are folded. `ß` and `ẞ` fold to `ss`, `ς` and `Σ` to `σ`, `İ` to `i` with a dot above;
 * `ı` stays. Nothing is normalised: composed and decomposed letters stay apart.
 */
export function foldCase(text: string): string {
  return text.replace(parts, (part) => (isCherokee.test(part) ? part.toUpperCase() : foldPart(part)))
}

/** By way of the capitals, of which ẞ has none; and in lower case a sigma depends on what follows it. */
function foldPart(text: string): string {
  return text.replaceAll('\u1e9e', 'ss').toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3')
}

/** Whether two texts are the same without regard to case, by {@link foldCase}. */
export function isSameFolded(a: string, b: string): boolean {
  return a === b || foldCase(a) === foldCase(b)
}
