import type { CopyProgress } from '../federation/write/progress.ts'
import type { Output } from './command-tools.ts'

const width = 24
const eraseLine = '\r\u001b[K'
const betweenMs = 100

/** A bar that renews itself, for a person who is watching. */
export function createCopyProgress(output: Output, isQuiet: boolean, now: () => number = Date.now) {
  const isShown = output.isTTY === true && !isQuiet
  const startedAt = now()
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show(progress: CopyProgress): void {
      const isLast = progress.filesDone === progress.files
      if (!isShown || (now() - shownAt < betweenMs && !isLast)) return
      shownAt = now()
      output.write(`${eraseLine}${toLine(progress, (shownAt - startedAt) / 1000)}`)
    },
    clear(): void {
      if (isShown) output.write(eraseLine)
    },
  }
}

function toLine({ files, filesDone, bytes, bytesDone }: CopyProgress, seconds: number): string {
  const part = bytes === null ? filesDone / Math.max(files, 1) : bytesDone / Math.max(bytes, 1)
  const filled = Math.min(width, Math.round(part * width))
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`
  const percent = `${Math.min(100, Math.floor(part * 100))}%`.padStart(4)
  const size = bytes === null ? toSize(bytesDone) : `${toSize(bytesDone)} of ${toSize(bytes)}`
  const speed = seconds < 0.5 ? '' : `, ${toSize(bytesDone / seconds)}/s`
  return `${bar} ${percent}  ${size}${speed}, ${filesDone} of ${files} files`
}

function toSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}
