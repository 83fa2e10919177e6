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
 * One digest over all files, the same wherever they lie, and of no other files: SHA-256 over a line for each file,
 * sorted by path, of its digest, its size and its path as JSON, which has no line breaks of its own.
 */
export function digestOfFiles(files: readonly CopiedFile[]): string {
  return `sha256-v2:${hashLines(files, (path) => JSON.stringify(path))}`
}

/**
 * Whether a digest that was noted earlier is that of these files. Those without a version are of a form that wrote
 * paths as they are, so that a line break in one could stand for the end of a file.
 */
export function isDigestOf(files: readonly CopiedFile[], noted: string): boolean {
  return noted.startsWith('sha256:')
    ? noted === `sha256:${hashLines(files, (path) => path)}`
    : noted === digestOfFiles(files)
}

function hashLines(files: readonly CopiedFile[], write: (path: string) => string): string {
  const hash = createHash('sha256')
  for (const { path, sizeBytes, sha256 } of files.toSorted((a, b) => compareCodePoints(a.path, b.path))) {
    hash.update(`${sha256} ${sizeBytes} ${write(path)}\n`)
  }
  return hash.digest('hex')
}
