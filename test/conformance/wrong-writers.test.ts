import { describe, expect, it } from 'vitest'
import { writeChecks } from '../../src/conformance/checks/writes/index.ts'
import type { FaultyBackend } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createHttpAdapter } from './http-adapter.ts'
import type { MemoryAdapter } from './memory-adapter.ts'
import { wrongWriters } from './wrong-writers/index.ts'
import { failedChecks } from './zoo.ts'

describe('an adapter that writes wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongWriters)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(writeChecks, wrong)).toEqual(fails.toSorted())
  })
})

it('the adapter that they are made from fails none', async () => {
  const right = {
    spoil: (adapter: MemoryAdapter) => adapter,
    connectHanging: createHangingAdapter,
    connectFaulty: ({ url }: FaultyBackend) => createHttpAdapter(url),
  }
  expect(await failedChecks(writeChecks, right)).toEqual([])
})
