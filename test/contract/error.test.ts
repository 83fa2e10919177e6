import { describe, expect, it } from 'vitest'
import { RegistryError, registryErrorCodes } from '../../src/contract/index.ts'

describe('RegistryError', () => {
  it('is retryable by default where another try can help', () => {
    const retryable = registryErrorCodes.filter((code) => new RegistryError(code, 'No.').retryable)
    expect(retryable).toEqual(['RATE_LIMITED', 'REGISTRY_TIMEOUT', 'REGISTRY_UNAVAILABLE'])
  })

  it('takes what is said of it', () => {
    const cause = new Error('connect ECONNREFUSED')
    const error = new RegistryError('CONFLICT', 'It moved.', { retryable: true, retryAfterMs: 20, cause })
    expect(error).toMatchObject({
      name: 'RegistryError',
      code: 'CONFLICT',
      message: 'It moved.',
      retryable: true,
      retryAfterMs: 20,
      cause,
    })
  })

  it('has no cause and no time when none is given', () => {
    const error = new RegistryError('NOT_FOUND', 'Gone.')
    expect(error.retryAfterMs).toBeNull()
    expect('cause' in error).toBe(false)
  })

  it.each([
    [1234.5, 1235],
    [0, 0],
    [-1, 0],
    [1e12, 2 ** 31 - 1],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])('takes a wait of %s ms for %s', (given, kept) => {
    expect(new RegistryError('RATE_LIMITED', 'Later.', { retryAfterMs: given }).retryAfterMs).toBe(kept)
  })

  it('is known by its mark, also from another copy of the package', async () => {
    expect(RegistryError.is(new RegistryError('NOT_FOUND', 'Gone.'))).toBe(true)
    const copy = Object.assign(new Error('Gone.'), {
      code: 'NOT_FOUND',
      [Symbol.for('modelgate.RegistryError.1')]: true,
    })
    expect(RegistryError.is(copy)).toBe(true)
  })

  it('is not anything else', () => {
    for (const value of [null, undefined, 'NOT_FOUND', { code: 'NOT_FOUND' }, new Error('NOT_FOUND')]) {
      expect(RegistryError.is(value)).toBe(false)
    }
    expect(RegistryError.is({ [Symbol.for('modelgate.RegistryError.1')]: true })).toBe(false)
  })

  it('does not show its mark when it is written out', () => {
    expect(Object.getOwnPropertySymbols({ ...new RegistryError('NOT_FOUND', 'Gone.') })).toEqual([])
  })
})
