import type { Resume } from '../reads/read-page.ts'
import type { NameRow, readSweepPage } from './name-rows.ts'

/** Enough to tell by them whether it is still the same server. */
export const newestRows = 10

/** How far reading all names of a registry has come. */
export class NameSweep {
  readonly names = new Set<string>()
  readonly startedAt = performance.now()
  newest: NameRow[] = []
  resume: Resume | null = null
  isWhole = false

  take({ rows, resume, more }: Awaited<ReturnType<typeof readSweepPage>>): void {
    for (const { name } of rows) this.names.add(Buffer.from(name).toString())
    this.newest = [...this.newest, ...rows].slice(-newestRows)
    this.resume = resume
    this.isWhole = !more
  }
}
