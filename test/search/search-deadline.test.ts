import { expect, it } from 'vitest'
import { searchDeadline } from '../../src/federation/search/search-deadline.ts'

it('tells who searches for too long that it took too long', async () => {
  const request = new AbortController()
  const signal = searchDeadline({ signal: request.signal, remaining: () => 5 })
  expect(signal.aborted).toBe(false)
  await expect.poll(() => signal.aborted).toBe(true)
  expect(signal.reason).toMatchObject({
    code: 'REGISTRY_TIMEOUT',
    retryable: true,
    message: 'The search was not done within 5 ms.',
  })
})
