import { expect, it } from 'vitest'
import { allChecks } from '../../src/conformance/index.ts'
import { zoo } from './zoo.ts'

it('every rule that an adapter must keep has an adapter that breaks it, and is caught by the check for it', () => {
  const meant = new Set(zoo.flatMap(({ adapters }) => adapters.map(({ fails }) => fails[0])))
  const unbroken = allChecks.filter(({ id, level }) => level === 'MUST' && !meant.has(id))
  expect(unbroken.map(({ id }) => id)).toEqual([])
})

it('no two wrong adapters have the same name', () => {
  const names = zoo.flatMap(({ adapters }) => adapters.map(({ wrong }) => wrong))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
