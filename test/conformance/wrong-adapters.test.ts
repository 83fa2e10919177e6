import { describe, expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import { writeChecks } from '../../src/conformance/checks/writes/index.ts'
import { type Check, runChecks } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'
import { wrongReaders } from './wrong-readers/index.ts'
import { wrongWriters } from './wrong-writers/index.ts'
import type { WrongWriter } from './wrong-writers/wrong-writer.ts'

async function failedChecks(
  checks: readonly Check[],
  { spoil, connectHanging = createHangingAdapter }: Pick<WrongWriter, 'spoil' | 'connectHanging'>,
): Promise<string[]> {
  let store: MemoryStore
  const { results } = await runChecks({
    checks,
    effort: 'quick',
    connect: () => spoil(createMemoryAdapter(store), store),
    connectHanging,
    seed(fixture) {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [] }
    },
  })
  const failed = results.filter(({ state }) => state === 'failed')
  return failed.map(({ id }) => id).toSorted()
}

describe('an adapter that reads wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongReaders)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(readChecks, wrong)).toEqual(fails.toSorted())
  })
})

describe('an adapter that writes wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongWriters)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(writeChecks, wrong)).toEqual(fails.toSorted())
  })
})

it('every rule of writes that an adapter must keep has an adapter that breaks it', () => {
  const broken = new Set(wrongWriters.flatMap(({ fails }) => fails))
  const unbroken = writeChecks.filter(({ id, level }) => level === 'MUST' && !broken.has(id))
  expect(unbroken.map(({ id }) => id)).toEqual([])
})
