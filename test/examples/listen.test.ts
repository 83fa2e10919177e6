import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../environment/free-port.ts'
import { GatewayProcess } from '../gateway/gateway-process.ts'
import { changes, data, make } from '../subscriptions/lab.ts'

const example = fileURLToPath(new URL('../../examples/subscriptions/listen.js', import.meta.url))

it('the example prints what happens, also what happened while the gateway was away', async () => {
  const port = await freePort()
  const gateway = new GatewayProcess({
    server: { port },
    environments: ['dev'],
    registries: [{ name: 'lab', adapter: 'local', environment: 'dev' }],
  })
  onTestFinished(async () => void (await gateway.stop()))
  await gateway.start()
  const { url } = gateway
  const child = spawn(process.execPath, [example, `${url}/graphql`], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  const lines = () => printed.split('\n').filter((line) => line !== '')
  // When it has found where to begin is not told.
  for (let n = 0; lines().length === 0; n++) await data(url, make(`first-${n}`))
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await gateway.stop(signal)
    await gateway.start()
    // Before the client is back.
    await data(url, make(`after-${signal}`))
  }
  await expect.poll(() => printed, { timeout: 30_000 }).toContain('after-SIGKILL')
  const all = (await changes(url)).map(({ model }) => model)
  const told = lines().map((line) => (JSON.parse(line) as { model: string }).model)
  expect(told.length).toBeGreaterThan(2)
  expect(told).toEqual(all.slice(-told.length))
}, 60_000)
