import { describe, expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import { wrongReaders } from './wrong-readers/index.ts'
import { failedChecks } from './zoo.ts'

describe('an adapter that reads wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongReaders)('$wrong', async ({ fails, ...wrong }) => {
    expect(await failedChecks(readChecks, wrong)).toEqual(fails.toSorted())
  })
})

it('the adapter that they are made from fails none', async () => {
  expect(await failedChecks(readChecks, { spoil: (adapter) => adapter })).toEqual([])
})
