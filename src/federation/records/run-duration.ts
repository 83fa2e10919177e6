import type { RunRecord } from '../../contract/index.ts'

/** From its beginning to its end, in milliseconds; null when either is not known. */
export function runDuration(run: Pick<RunRecord, 'startedAt' | 'endedAt'> | null): number | null {
  return run?.startedAt && run.endedAt ? run.endedAt.getTime() - run.startedAt.getTime() : null
}
