import { createHash } from 'node:crypto'
import { RegistryError, type TransferFile } from '../../contract/index.ts'
import type { CopiedFile } from './manifest.ts'
import { countSpentBytes } from './spent-buffers.ts'

type Next = IteratorResult<Uint8Array>

/** One file on its way: counted and hashed as it goes by, and never held. */
export class StreamedFile {
  readonly #file: TransferFile
  readonly #source: AsyncIterator<Uint8Array>
  readonly #onBytes: (length: number) => RegistryError | null
  readonly #hash = createHash('sha256')
  /** Asked for once, whoever waits for it. */
  #next: Promise<Next> | null = null
  #sizeBytes = 0
  #isComplete = false
  /** What went wrong where it comes from; null when whoever takes it is to blame. */
  failure: RegistryError | null = null
  /** Whether the next bytes are waited for, and not whoever takes them. */
  awaitsSource = false

  /** @param onBytes may say that it has become too much. */
  constructor(
    file: TransferFile,
    bytes: AsyncIterable<Uint8Array>,
    onBytes: (length: number) => RegistryError | null,
  ) {
    this.#file = file
    this.#source = bytes[Symbol.asyncIterator]()
    this.#onBytes = onBytes
  }

  async *pass(): AsyncGenerator<Uint8Array> {
    for (let next = await this.#ahead(); !next.done; next = await this.#ahead()) {
      this.#next = null
      this.#hash.update(next.value)
      this.#sizeBytes += next.value.length
      this.#refuseTooMany()
      const refusal = this.#onBytes(next.value.length)
      if (refusal) throw this.#fail(refusal)
      yield next.value
      countSpentBytes(next.value.length)
    }
    this.#complete()
  }

  /**
   * To be asked for when whoever takes the file is content. That may be before its source has said that this was all:
   * who knows the size does not wait for the end.
   *
   * @throws RegistryError when it was content with less than everything.
   */
  async result(takenBy: string): Promise<CopiedFile> {
    const { path } = this.#file
    const taken = this.#sizeBytes
    if (!this.#isComplete) {
      if (!(await this.#ahead()).done) {
        const message = `"${takenBy}" took only ${taken} bytes of the file ${JSON.stringify(path)}.`
        throw new RegistryError('REGISTRY_ERROR', message, { nothingWritten: true })
      }
      this.#complete()
    }
    return { path, sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') }
  }

  /** Nobody waits for a source that may hang: what is under way is broken off by its own signal. */
  abandon(): void {
    // How it takes that does not matter any more: the copy has failed, and says why.
    Promise.resolve(this.#source.return?.()).catch(() => {})
  }

  #ahead(): Promise<Next> {
    this.#next ??= this.#take()
    return this.#next
  }

  async #take(): Promise<Next> {
    this.awaitsSource = true
    try {
      const next = await this.#source.next()
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
