import { describe, expect, it } from 'vitest'
import { readRetryAfter, toStatusError } from '../../../src/adapters/http/status-error.ts'

const answer = (status: number, retryAfter: string | null = null) => ({
  status,
  retryAfter,
  contentType: 'text/html',
  text: 'SELECT secret FROM /var/lib/thing',
})

describe('an answer that is not 2xx', () => {
  it.each([
    [302, 'REGISTRY_ERROR', false],
    [400, 'REGISTRY_ERROR', false],
    [401, 'UNAUTHENTICATED', false],
    [403, 'FORBIDDEN', false],
    [404, 'UNSUPPORTED', false],
    [405, 'UNSUPPORTED', false],
    [429, 'RATE_LIMITED', true],
    [500, 'REGISTRY_ERROR', false],
    [502, 'REGISTRY_UNAVAILABLE', true],
    [503, 'REGISTRY_UNAVAILABLE', true],
    [504, 'REGISTRY_UNAVAILABLE', true],
  ])('%i is %s', (status, code, retryable) => {
    const error = toStatusError(answer(status))
    expect(error).toMatchObject({ code, retryable })
    expect(error.message).not.toContain('secret')
    expect(String(error.cause)).toContain('secret')
  })

  it('says when to come back, by seconds or by a date', () => {
    expect(toStatusError(answer(429, '3')).retryAfterMs).toBe(3000)
    expect(toStatusError(answer(500, '3')).retryAfterMs).toBeNull()
    const now = Date.parse('2026-01-01T00:00:00Z')
    expect(readRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000)
    expect(readRetryAfter('Wed, 31 Dec 2025 00:00:05 GMT', now)).toBe(0)
    expect(readRetryAfter('soon', now)).toBeNull()
    const longest = 2 ** 31 - 1
    for (const value of ['2147484', '3000000', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
      expect(readRetryAfter(value, now)).toBe(longest)
    }
    expect(readRetryAfter(null, now)).toBeNull()
  })
})
