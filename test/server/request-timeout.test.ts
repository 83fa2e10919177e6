import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startServer } from './start-server.ts'

test('a body that stops arriving ends with 408 after the time-out, and not at twice that', async () => {
  const { url } = await startServer({}, { requestTimeoutMs: 1500 })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const startedAt = performance.now()
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"que',
  )
  const answer = (await socket.toArray()).join('')
  const took = performance.now() - startedAt
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(took).toBeGreaterThan(1400)
  expect(took).toBeLessThan(2800)
})
