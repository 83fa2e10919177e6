import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ArtifactImports, RunReads, RunRecord } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { memory, openFrom } from '../../state/database-source.ts'
import { newCall, silent } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelgate-carried-'))
let database: GatewayDatabase
let imports: ArtifactImports
let runs: RunReads

beforeAll(async () => {
  database = await openFrom(memory)
  const { adapter } = await openRegistry(database, 'registry', { artifactFolder: folder })
  if (!adapter.imports || !adapter.runs) throw new Error('there should be transfers and runs')
  imports = adapter.imports
  runs = adapter.runs
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const original: RunRecord = {
  runId: 'trained',
  name: 'nightly',
  status: 'KILLED',
  startedAt: new Date('2026-01-02T03:04:05.006Z'),
  endedAt: null,
  metrics: [{ key: 'auc', value: 0.875, step: 7 }],
  params: [{ key: 'depth', value: '6' }],
  url: null,
}

async function carry(id: string, run: RunRecord) {
  const warnings: object[] = []
  const log = { ...silent, warn: (facts: object) => void warnings.push(facts) }
  const call = { ...newCall(), log }
  const upload = await imports.begin({ id, model: 'm', origin: 'models://other/m/1', run }, call)
  await upload.finish([], call)
  const [kept] = await runs.get([id], newCall())
  return { kept, warnings }
}

it('a run that can be kept whole is, without a word', async () => {
  const { kept, warnings } = await carry('whole', original)
  expect(kept).toEqual({ ...original, runId: 'whole' })
  expect(warnings).toEqual([])
})

it('what cannot be kept of one is left out, and the log says how much', async () => {
  const { metrics, params } = original
  const { kept, warnings } = await carry('half', {
    ...original,
    metrics: [...metrics, { key: 'm'.repeat(257), value: 1, step: 0 }, { key: '', value: 2, step: 0 }],
    params: [...params, { key: 'half a pair', value: '\ud83d' }, { key: 'a NUL\0', value: 'x' }],
  })
  expect(kept).toEqual({ ...original, runId: 'half' })
  expect(warnings).toEqual([{ runId: 'half', lost: 4 }])
})
