import { describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { InputError } from '../../../src/federation/errors/input-error.ts'
import { KeyReusedError } from '../../../src/federation/errors/key-reused-error.ts'
import { RegistryFailure, restate } from '../../../src/federation/errors/registry-failure.ts'
import { tellError } from '../../../src/federation/errors/tell-error.ts'

describe('what is told of an error', () => {
  it('of a registry names it, and what the registry said of another try', () => {
    const error = new RegistryError('RATE_LIMITED', 'It asks to wait.', { retryAfterMs: 7, cause: 'secret' })
    expect(tellError(new RegistryFailure('main', error))).toMatchObject({
      message: 'It asks to wait.',
      nothingWritten: true,
      facts: { code: 'RATE_LIMITED', registry: 'main', retryable: true, retryAfterMs: 7 },
    })
  })

  it('of a lost compare-and-set says what is there, also that nothing is', () => {
    const lost = (current: string | null) =>
      tellError(new RegistryFailure('main', new RegistryError('CONFLICT', 'It has moved.', { current })))
    expect(lost('3')?.facts).toEqual({ code: 'CONFLICT', registry: 'main', retryable: false, current: '3' })
    expect(lost(null)?.facts).toHaveProperty('current', null)
  })

  it('of an argument names the field', () => {
    expect(tellError(new InputError('first', '`first` is 0.'))?.facts).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'first',
      retryable: false,
    })
    expect(tellError(new KeyReusedError('k'))?.facts).toEqual({
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'idempotencyKey',
      retryable: false,
    })
  })

  it("of the gateway's own state names no registry", () => {
    const error = new RegistryError('REGISTRY_UNAVAILABLE', 'Its database is busy.', { nothingWritten: true })
    expect(tellError(error)).toEqual({
      message: 'Its database is busy.',
      nothingWritten: true,
      facts: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
    })
  })

  it('is nothing where nobody foresaw it', () => {
    for (const thrown of [new TypeError('secret'), 'secret', null, undefined]) {
      expect(tellError(thrown)).toBeNull()
    }
  })

  it('is the same in the error itself, and goes along when more becomes known', () => {
    const failure = new RegistryFailure('main', new RegistryError('REGISTRY_TIMEOUT', 'No answer.'))
    expect([failure.code, failure.field, failure.nothingWritten]).toEqual(['REGISTRY_TIMEOUT', null, false])
    const known = restate(failure, { nothingWritten: true, retryable: false })
    expect([known.code, known.facts.retryable, known.nothingWritten]).toEqual([
      'REGISTRY_TIMEOUT',
      false,
      true,
    ])
  })
})
