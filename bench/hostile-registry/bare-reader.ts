/**
 * A thread that asks a hostile registry as often as the gateway is made to, reads as much of each answer as the gateway
 * would, and throws it away: what the machine has left beside that is what nobody's code can give back.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

const { url, readers, pauseMs, mostBytes, timeoutMs } = workerData as {
  url: string
  readers: number
  pauseMs: number
  mostBytes: number
  timeoutMs: number
}

async function read(): Promise<void> {
  const response = await fetch(`${url}/api/2.0/mlflow/registered-models/search`, {
    signal: AbortSignal.timeout(timeoutMs),
  })
  let bytes = 0
  // Leaving the loop closes the connection, as the gateway does.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) break
  }
}

for (let reader = 0; reader < readers; reader++)
  void (async () => {
    for (;;) {
      await read().catch(() => undefined)
      await wait(pauseMs)
    }
  })()
