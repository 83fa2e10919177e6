import type { RunRecord } from '../../../src/contract/index.ts'
import { type WrongWriter, withImports } from './wrong-writer.ts'

const carrying = (
  wrong: string,
  fails: string,
  carry: (run: RunRecord) => RunRecord | null,
): WrongWriter => ({
  wrong,
  fails: [fails],
  spoil: withImports(({ begin }) => ({
    begin: (transfer, call) => begin({ ...transfer, run: transfer.run ? carry(transfer.run) : null }, call),
  })),
})

export const wrongWithCarriedRuns: readonly WrongWriter[] = [
  carrying('takes files in without their run', 'MG-TRANSFER-010', () => null),
  carrying('makes an empty run for the files', 'MG-TRANSFER-011', (run) => ({
    ...run,
    metrics: [],
    params: [],
  })),
  carrying('forgets the steps of a copied run’s metrics', 'MG-TRANSFER-011', (run) => ({
    ...run,
    metrics: run.metrics.map((metric) => ({ ...metric, step: 0 })),
  })),
  carrying('says that a copied run has just ended', 'MG-TRANSFER-011', (run) => ({
    ...run,
    endedAt: new Date(),
  })),
  carrying('names a copied run by its origin', 'MG-TRANSFER-011', (run) => ({ ...run, name: 'copy' })),
]
