/** How far the files of a copy are. */
export interface CopyProgress {
  readonly files: number
  readonly filesDone: number
  /** Null where the registry does not say how large its files are. */
  readonly bytes: number | null
  readonly bytesDone: number
}

export type OnProgress = (progress: CopyProgress) => void
