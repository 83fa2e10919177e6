interface Blob {
  bytes: Buffer
  /** Headers `x-ms-meta-…`. */
  metadata: Record<string, string>
}

/** The bytes behind upload addresses. */
export class BlobStore {
  readonly #containers = new Map<string, Map<string, Blob>>()

  get(container: string, name: string): Blob | undefined {
    return this.#containers.get(container)?.get(name)
  }

  put(container: string, name: string, blob: Blob): void {
    const blobs = this.#containers.get(container) ?? new Map<string, Blob>()
    this.#containers.set(container, blobs.set(name, blob))
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
