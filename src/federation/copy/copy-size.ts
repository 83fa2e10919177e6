import { RegistryError, type TransferFile } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'

const mostFiles = 100_000

/** What one copy may move. A registry may have no end of files, and files no end. */
export class CopySize {
  readonly #maxBytes: number
  /** `null` where the registry does not say how large its files are. */
  readonly expected: number | null
  moved = 0

  /** @throws RegistryFailure LIMIT_EXCEEDED before anything is moved, where the registry says that it is too much. */
  constructor(registry: string, files: readonly TransferFile[], maxBytes: number) {
    if (files.length > mostFiles) {
      const error = tooMuch(`There are ${files.length} files to copy, and at most ${mostFiles} are copied`)
      throw new RegistryFailure(registry, error)
    }
    this.#maxBytes = maxBytes
    this.expected = files.reduce<number | null>(
      (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
      0,
    )
    if ((this.expected ?? 0) > maxBytes) {
      const error = this.#tooLarge(`The files to copy have ${this.expected} bytes`)
      throw new RegistryFailure(registry, error)
    }
  }

  /** Whether the bytes may go by too. */
  add(bytes: number): RegistryError | null {
    this.moved += bytes
    return this.moved <= this.#maxBytes ? null : this.#tooLarge('More bytes came')
  }

  #tooLarge(what: string): RegistryError {
    return tooMuch(`${what}, and one copy may have ${this.#maxBytes} (federation.copyMaxBytes)`)
  }
}

function tooMuch(what: string): RegistryError {
  const advice = 'refer to them where they are (artifacts: REFERENCE)'
  return new RegistryError('LIMIT_EXCEEDED', `${what}; ${advice}.`, { nothingWritten: true })
}
