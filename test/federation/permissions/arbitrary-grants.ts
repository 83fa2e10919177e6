import fc from 'fast-check'
import { type Grant, permissionLevels } from '../../../src/federation/records/permission.ts'

/** Few letters, so that names and patterns meet. */
export const names = fc.string({
  unit: fc.constantFrom('a', 'b', '*', '\\', '🚀'),
  minLength: 1,
  maxLength: 5,
})

const principals = ['user:ann', 'group:one', 'group:two', 'user:bob'] as const

export const levels = fc.constantFrom(...permissionLevels)

const grant: fc.Arbitrary<Grant> = fc.record({
  registry: fc.constantFrom('*', 'dev', 'prod'),
  model: names,
  principal: fc.constantFrom(...principals),
  permission: levels,
})

/** Each principal has one grant at most at each place, as they are kept. */
export const grantLists = fc.uniqueArray(grant, {
  maxLength: 12,
  selector: ({ registry, model, principal }) => JSON.stringify([registry, model, principal]),
})
