import { describe, expect, it } from 'vitest'
import { writeChecks } from '../../src/conformance/checks/writes/index.ts'
import { wrongWriters } from './wrong-writers/index.ts'
import { failedChecks } from './zoo.ts'

describe('an adapter that writes wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongWriters)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(writeChecks, wrong)).toEqual(fails.toSorted())
  })
})

it('the adapter that they are made from fails none', async () => {
  expect(await failedChecks(writeChecks, { spoil: (adapter) => adapter })).toEqual([])
})
