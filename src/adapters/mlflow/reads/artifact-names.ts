import { RegistryError } from '../../../contract/index.ts'
import { canTravel } from '../wire/grammar.ts'

/**
 * MLflow takes files by names that it reads like parts of a URL, even when they were encoded: what looks encoded
 * would go by another name, and these characters it refuses.
 */
export function refuseFileName(path: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  const isKept = !/[#\x00-\x1f\x7f]|%[0-9a-f]{2}/i.test(path) && canTravel(path)
  const isPlain = path.split('/').every((part) => !['', '.', '..'].includes(part))
  if (isKept && isPlain) return
  throw new RegistryError(
    'UNSUPPORTED',
    `MLflow cannot pass on a file named ${JSON.stringify(path)}: it has no way to name files with "#", control characters, or "%" and two hexadecimal digits.`,
  )
}
