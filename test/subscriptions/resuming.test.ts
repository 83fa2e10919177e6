import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeResuming } from './resuming-suite.ts'

describeResuming(
  'one file of SQLite',
  async () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'modelgate-resuming-')), 'gateway.db')}`,
)
