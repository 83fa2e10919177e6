import { describe, expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import type { FaultyBackend } from '../../src/conformance/index.ts'
import { groupOf } from '../../src/conformance/report/group-of.ts'
import { rounds } from '../environment/rounds.ts'
import { createEchoedAdapter } from './echoed-adapter.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createHttpAdapter } from './http-adapter.ts'
import type { MemoryAdapter } from './memory-adapter.ts'
import { wrongReaders } from './wrong-readers/index.ts'
import { failedChecks } from './zoo.ts'

/** These read so much that in short runs they are left to the adapters that fail one of their group. */
const costlyGroups = rounds(['MG-FILTER', 'MG-ORDER', 'MG-TIME'], [])

function checksFor(fails: readonly string[]) {
  const meant = fails.map(groupOf)
  return readChecks.filter(({ id }) => meant.includes(groupOf(id)) || !costlyGroups.includes(groupOf(id)))
}

describe('an adapter that reads wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongReaders)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(checksFor(fails), wrong)).toEqual(fails.toSorted())
  })
})

it('the adapter that they are made from fails none', async () => {
  const right = {
    spoil: (adapter: MemoryAdapter) => adapter,
    connectHanging: createHangingAdapter,
    connectFaulty: ({ url }: FaultyBackend) => createHttpAdapter(url),
    connectRows: (adapter: MemoryAdapter, url: string) => createEchoedAdapter(adapter, url),
  }
  expect(await failedChecks(readChecks, right)).toEqual([])
})
