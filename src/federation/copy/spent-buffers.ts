import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const everyBytes = 16 * 1024 * 1024

let release: ((options: { type: 'minor' }) => void) | null = null
let passed = 0

/**
 * Every chunk that goes by is a buffer of its own, and V8 lets some 60 MB of them lie about before it looks. Looking
 * at the young ones more often, for a millisecond each time, keeps a copy of any size within a few megabytes.
 */
export function countSpentBytes(bytes: number): void {
  passed += bytes
  if (passed < everyBytes) return
  passed = 0
  release ??= findCollector()
  release({ type: 'minor' })
}

function findCollector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as (options: { type: 'minor' }) => void
}
