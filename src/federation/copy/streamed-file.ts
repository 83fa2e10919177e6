import { createHash } from 'node:crypto'
import { RegistryError, type TransferFile } from '../../contract/index.ts'
import { RegistryFailure } from '../registry-failure.ts'
import type { CopiedFile } from './manifest.ts'
import { countSpentBytes } from './spent-buffers.ts'

/** One file on its way: counted and hashed as it goes by, and never held. */
export class StreamedFile {
  readonly #file: TransferFile
  readonly #onBytes: (length: number) => void
  readonly #hash = createHash('sha256')
  #sizeBytes = 0
  #isComplete = false
  /** What went wrong where it comes from; null when whoever takes it is to blame. */
  failure: RegistryError | null = null
  /** Whether the next bytes are waited for, and not whoever takes them. */
  awaitsSource = false

  constructor(file: TransferFile, onBytes: (length: number) => void) {
    this.#file = file
    this.#onBytes = onBytes
  }

  async *pass(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const source = bytes[Symbol.asyncIterator]()
    try {
      for (let next = await this.#take(source); !next.done; next = await this.#take(source)) {
        this.#hash.update(next.value)
        this.#sizeBytes += next.value.length
        this.#refuseTooMany()
        this.#onBytes(next.value.length)
        yield next.value
        countSpentBytes(next.value.length)
      }
      this.#complete()
    } finally {
      if (!this.#isComplete) await source.return?.()
    }
  }

  /** @throws RegistryFailure when the registry was content with less than everything. */
  result(takenBy: string): CopiedFile {
    if (!this.#isComplete) {
      const message = `"${takenBy}" took only ${this.#sizeBytes} bytes of the file ${JSON.stringify(this.#file.path)}.`
      throw new RegistryFailure(
        takenBy,
        new RegistryError('REGISTRY_ERROR', message, { nothingWritten: true }),
      )
    }
    return { path: this.#file.path, sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') }
  }

  async #take(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    this.awaitsSource = true
    try {
      const next = await source.next()
      this.awaitsSource = false
      return next
    } catch (error) {
      throw this.#fail(
        RegistryError.is(error)
          ? error
          : new RegistryError('REGISTRY_ERROR', 'A file broke off while it was read.', { cause: error }),
      )
    }
  }

  /** At once, as there may be no end of them. */
  #refuseTooMany(): void {
    const { path, sizeBytes } = this.#file
    if (sizeBytes === null || this.#sizeBytes <= sizeBytes) return
    const message = `The file ${JSON.stringify(path)} came with more than its ${sizeBytes} bytes.`
    throw this.#fail(new RegistryError('REGISTRY_ERROR', message))
  }

  #complete(): void {
    const { path, sizeBytes } = this.#file
    if (sizeBytes !== null && this.#sizeBytes !== sizeBytes) {
      const message = `The file ${JSON.stringify(path)} came with ${this.#sizeBytes} of its ${sizeBytes} bytes.`
      throw this.#fail(new RegistryError('REGISTRY_ERROR', message))
    }
    this.#isComplete = true
  }

  #fail(failure: RegistryError): RegistryError {
    this.failure = failure
    return failure
  }
}
