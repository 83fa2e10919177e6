import { createStatusLine } from '../../src/cli/status-line.ts'

const width = 24
const betweenMs = 200

/** A bar that renews itself; where nobody watches, a line now and then. */
export function createProgressBar(what: string, total: number) {
  const line = createStatusLine(process.stderr, false)
  const startedAt = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  let told = 0
  let done = 0
  return {
    add(count: number): void {
      done += count
      if (performance.now() - shownAt < betweenMs) return
      shownAt = performance.now()
      const part = Math.min(1, done / total)
      const filled = Math.round(part * width)
      const seconds = (performance.now() - startedAt) / 1000
      const text = `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${Math.floor(part * 100)}%  ${what}, ${Math.round(done / Math.max(seconds, 0.001))} rows/s`
      line.show(text)
      if (process.stderr.isTTY || seconds - told < 30) return
      told = seconds
      console.error(text)
    },
    end: () => line.clear(),
  }
}
