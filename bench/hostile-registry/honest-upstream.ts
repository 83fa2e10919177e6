/** A thread that answers every request with the same page of an MLflow server, after a while. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const page = JSON.stringify({
  registered_models: Array.from({ length: 50 }, (_, index) => ({
    name: `model-${String(index).padStart(3, '0')}`,
    creation_timestamp: 1_760_000_000_000,
    last_updated_timestamp: 1_760_000_000_000,
    tags: [{ key: 'team', value: 'fraud' }],
    aliases: [{ alias: 'champion', version: '1' }],
  })),
})

const server = createServer((_request, response) => {
  setTimeout(() => response.setHeader('content-type', 'application/json').end(page), workerData.delayMs)
})
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
