import { describe, expect, it } from 'vitest'
import { closestName } from '../../src/config/closest-name.ts'

describe('closestName', () => {
  const names = ['url', 'auth', 'timeoutMs', 'maxConcurrency']
  it.each([
    ['timeoutms', 'timeoutMs'],
    ['timoeutMs', 'timeoutMs'],
    ['maxConcurency', 'maxConcurrency'],
    ['ulr', 'url'],
    ['aut', 'auth'],
    ['banana', null],
    ['', null],
  ])('%s: %s', (written, expected) => {
    expect(closestName(written, names)).toBe(expected)
  })
})
