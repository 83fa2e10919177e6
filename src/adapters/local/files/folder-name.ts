import { createHash } from 'node:crypto'

const maxLength = 120

/** A name of its own in a folder for any text, which people can still read where it is short. */
export function toFolderName(text: string): string {
  const name = encodeURIComponent(text.toWellFormed()).replace(/[!~*'()]|^\./g, escapeCharacter)
  if (name !== '' && name.length <= maxLength && text.isWellFormed()) return name
  const digest = createHash('sha256').update(text, 'utf16le').digest('hex')
  return `${name.slice(0, maxLength - digest.length - 1)}~${digest}`
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
