import { statfs } from 'node:fs/promises'
import { RegistryError } from '../../../contract/index.ts'

/** How often it is looked at again while a file comes in. */
export const lookEveryBytes = 64 * 1024 * 1024

/**
 * The gateway's own database is often on the same disk, and stops with it when it is full.
 *
 * @param bytes that are still to come, as far as that is known.
 * @throws RegistryError LIMIT_EXCEEDED when less than `minFreeBytes` would be left.
 */
export async function requireSpace(folder: string, bytes: number, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize - bytes >= minFreeBytes) return
  throw new RegistryError(
    'LIMIT_EXCEEDED',
    `The disk of the files would have less than ${minFreeBytes} bytes left (minFreeBytes): make room on it, or copy less.`,
  )
}
