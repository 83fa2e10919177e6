/** How far the files of a copy are. */
export interface CopyProgress {
  readonly files: number
  readonly filesDone: number
  /** Null where the registry does not say how large its files are. */
  readonly bytes: number | null
  readonly bytesDone: number
}

export type OnProgress = (progress: CopyProgress) => void

/** How somebody follows a copy who waits for it. */
export interface Watch {
  readonly onProgress: OnProgress
  /**
   * Breaks it off, and has what was copied taken away again, unless its version is being made already. Its reason is a
   * RegistryError that says `nothingWritten`.
   */
  readonly signal?: AbortSignal
}

export const unwatched: Watch = { onProgress: () => {} }
