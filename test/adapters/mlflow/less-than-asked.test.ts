import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery } from './queries.ts'

const names = Array.from({ length: 11 }, (_, index) => `model-${String(index).padStart(2, '0')}`)

/** As its own bound, or that of what stands in front of it, may have it. */
describe('a server that gives pages smaller than what was asked for', () => {
  let stub: MlflowStub
  let registry: Adapter
  beforeAll(async () => {
    stub = await startMlflowStub({ pageCap: 4, locale: 'en' })
    for (const name of names) stub.store.addModel(name)
    for (const runId of names) stub.store.addRun({ runId })
    registry = await openRegistry(stub.url)
  })
  afterAll(async () => {
    await registry?.close()
    await stub?.close()
  })

  it('has every model that it is asked for by name, and no other', async () => {
    const asked = ['no such', ...names.toReversed()]
    const found = await registry.models.get(asked, newCall())
    expect(found.map((model) => (model && 'name' in model ? model.name : model))).toEqual([
      null,
      ...names.toReversed(),
    ])
  })

  it('has every run', async () => {
    const found = await registry.runs?.get(['nosuch', ...names], newCall())
    expect(found?.map((run) => (run && 'runId' in run ? run.runId : run))).toEqual([null, ...names])
  })

  it('lists every model by name where its own order cannot be used', async () => {
    for (let again = 0; again < 2; again++) {
      const page = await registry.models.list(modelQuery({ limit: 20 }), newCall())
      expect(page.items.map(({ name }) => name)).toEqual(names)
    }
  })
})
