import { readFileSync, statfsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isLongRun } from './long-suites.ts'

const inMemory = '/dev/shm'
const enoughBytes = 4 * 2 ** 30
/** Some tests run programs that they have written. */
const mayNotRunPrograms = /^\S+ \/dev\/shm \S+ \S*noexec/m

/**
 * For this process and all that it starts. Code that is stripped of its types and compiled is kept: else each gateway
 * and each thread of SQLite does that anew, which takes longer than most of what is asked of them. And temporary
 * folders are in memory, as every commit waits for the disk; not in a long run, where that is part of what is tried.
 * Whoever sets the variables has the last word.
 */
export function makeProcessesQuick(environment: NodeJS.ProcessEnv): void {
  environment.NODE_COMPILE_CACHE ??= fileURLToPath(
    new URL('../../node_modules/.cache/compiled', import.meta.url),
  )
  if (!isLongRun && hasMemoryForFiles()) environment.TMPDIR ??= inMemory
}

function hasMemoryForFiles(): boolean {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    if (Math.min(bavail * bsize, process.availableMemory()) < enoughBytes) return false
    return !mayNotRunPrograms.test(readFileSync('/proc/mounts', 'utf8'))
  } catch {
    // Other systems have no such folder.
    return false
  }
}
