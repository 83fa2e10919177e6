import { rm } from 'node:fs/promises'

/** Calls `end` once when standard input closes, removes `folder`, if there is one, unless the stop was asked for, and exits. */
export const keepUntilStdinEnds = (folder: string | null, end: () => Promise<void>): void => {
  let asked = false
  process.stdin.setEncoding('utf8').on('data', (text) => {
    asked ||= text.includes('stop')
  })
  const finish = async () => {
    await end()
    if (!asked && folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    process.exit(0)
  }
  process.stdin.once('close', finish)
}
