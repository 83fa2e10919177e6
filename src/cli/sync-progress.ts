import type { SyncProgress } from '../federation/catalog/registry-sync.ts'
import type { Output } from './command-tools.ts'
import { createStatusLine } from './status-line.ts'

/** What was there last time, by which a bar can tell how far it is. */
interface Expected {
  readonly models: number
  readonly versions: number
}

export type ShowSync = (progress: SyncProgress, expected: Expected) => void

const width = 24
const betweenMs = 100
const words: Readonly<Record<SyncProgress['phase'], string>> = {
  models: 'models',
  versions: 'versions',
  gone: 'what is gone',
  runs: 'runs',
  words: 'words of models and versions',
  changes: 'what has changed',
}

/** A line that renews itself, for a person who is watching. */
export function createSyncProgress(output: Output, isQuiet: boolean, now: () => number = Date.now) {
  const line = createStatusLine(output, isQuiet)
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show(progress: SyncProgress, expected: Expected): void {
      if (now() - shownAt < betweenMs) return
      shownAt = now()
      line.show(toLine(progress, expected))
    },
    clear: () => line.clear(),
  }
}

function toLine({ registry, phase, taken }: SyncProgress, expected: Expected): string {
  const total = phase === 'models' ? expected.models : expected.versions
  const isKnown = total > 0 && (phase === 'models' || phase === 'versions')
  const part = isKnown ? Math.min(1, taken / total) : 0
  const filled = Math.round(part * width)
  const bar = isKnown ? `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ` : ''
  return `${bar}${registry}: ${words[phase]}, ${taken}${isKnown ? ` of about ${total}` : ''}`
}
