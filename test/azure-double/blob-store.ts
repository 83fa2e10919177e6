/** The bytes behind upload addresses. */
export class BlobStore {
  readonly #containers = new Map<string, Map<string, Buffer>>()

  get(container: string, name: string): Buffer | undefined {
    return this.#containers.get(container)?.get(name)
  }

  put(container: string, name: string, bytes: Buffer): void {
    const blobs = this.#containers.get(container) ?? new Map<string, Buffer>()
    this.#containers.set(container, blobs.set(name, bytes))
  }

  names(container: string, prefix: string): string[] {
    return [...(this.#containers.get(container)?.keys() ?? [])]
      .filter((name) => name.startsWith(prefix))
      .sort()
  }

  clear(): void {
    this.#containers.clear()
  }
}
