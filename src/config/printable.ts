// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/**
 * Words of a registry or a plug-in as they may go to a terminal: whatever would move the cursor, colour, begin a line
 * or turn the direction around is written out, as in JSON.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escapeCharacter)
}

/** The same of several lines that belong together, such as a stack. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
