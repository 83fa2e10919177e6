import { RegistryError } from 'modelgate/adapter'
import { isPlainValue } from './rules.ts'

const marker = 'base64:'

/**
 * AWS takes letters, digits, blanks and a few marks in values, and no empty ones in the properties of a version.
 * Everything else is kept in Base64, whose characters are among them.
 */
export function toTagValue(value: string): string {
  if (isPlainValue(value) && !value.startsWith(marker)) return value
  const kept = marker + Buffer.from(value).toString('base64')
  if (isPlainValue(kept)) return kept
  throw new RegistryError(
    'BAD_USER_INPUT',
    'The value of a tag in SageMaker must be up to 256 letters, digits, blanks and "_.:/=+-@", or up to 186 bytes of anything.',
  )
}

export function fromTagValue(kept: string): string {
  return kept.startsWith(marker) ? Buffer.from(kept.slice(marker.length), 'base64').toString() : kept
}
