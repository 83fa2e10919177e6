import { describe, expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import type { FaultyBackend } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createHttpAdapter } from './http-adapter.ts'
import type { MemoryAdapter } from './memory-adapter.ts'
import { wrongReaders } from './wrong-readers/index.ts'
import { failedChecks } from './zoo.ts'

describe('an adapter that reads wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongReaders)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(readChecks, wrong)).toEqual(fails.toSorted())
  })
})

it('the adapter that they are made from fails none', async () => {
  const right = {
    spoil: (adapter: MemoryAdapter) => adapter,
    connectHanging: createHangingAdapter,
    connectFaulty: ({ url }: FaultyBackend) => createHttpAdapter(url),
  }
  expect(await failedChecks(readChecks, right)).toEqual([])
})
