import { RegistryError } from 'modelgate/adapter'
import { isTagText, maxTagValueLength } from './rules.ts'

const marker = 'base64:'

/**
 * AWS takes letters, digits, blanks and a few marks in values, and no empty ones in the properties of a version.
 * Everything else is kept in Base64, whose characters are among them.
 */
export function toTagValue(value: string): string {
  const isPlain = value !== '' && isTagText(value) && !value.startsWith(marker)
  const kept = isPlain ? value : marker + Buffer.from(value, 'utf8').toString('base64')
  if (kept.length <= maxTagValueLength) return kept
  const message =
    'The value of a tag in SageMaker must be up to 256 letters, digits, blanks and "_.:/=+-@", or up to 186 bytes of anything.'
  throw new RegistryError('BAD_USER_INPUT', message)
}

export function fromTagValue(kept: string): string {
  if (!kept.startsWith(marker)) return kept
  return Buffer.from(kept.slice(marker.length), 'base64').toString('utf8')
}
