import { createHash } from 'node:crypto'
import { compareCodePoints } from '../../contract/index.ts'

/** A file as it went by. */
export interface CopiedFile {
  readonly path: string
  readonly sizeBytes: number
  /** Hexadecimal SHA-256. */
  readonly sha256: string
}

/**
 * One digest over all files, the same wherever they lie: SHA-256 over a line for each file, sorted by path, of its
 * digest, its size and its path.
 */
export function digestOfFiles(files: readonly CopiedFile[]): string {
  const hash = createHash('sha256')
  for (const { path, sizeBytes, sha256 } of files.toSorted((a, b) => compareCodePoints(a.path, b.path))) {
    hash.update(`${sha256} ${sizeBytes} ${path}\n`)
  }
  return `sha256:${hash.digest('hex')}`
}
