import { SageMaker } from '@aws-sdk/client-sagemaker'
import { type Call, type Logger, RegistryError } from 'modelgate/adapter'
import type { SagemakerConfig } from './config.ts'
import { toRegistryError } from './errors.ts'

type Request<Answer> = (api: SageMaker, options: { readonly abortSignal: AbortSignal }) => Promise<Answer>

export interface Client {
  /** One request, counted; whatever goes wrong with it is a RegistryError. */
  ask<Answer>(call: Call, request: Request<Answer>): Promise<Answer>
  close(): Promise<void>
}

export function connectClient(config: SagemakerConfig, log: Logger): Client {
  const api = createApi(config, log)
  const closing = new AbortController()
  const stopped = (nothingWritten: boolean) =>
    closing.signal.aborted
      ? new RegistryError('REGISTRY_UNAVAILABLE', 'The connection to SageMaker is closed.', {
          nothingWritten,
        })
      : new RegistryError('REGISTRY_TIMEOUT', 'SageMaker did not answer in time.', { nothingWritten })
  return {
    async ask(call, request) {
      const signal = AbortSignal.any([call.signal, closing.signal])
      if (signal.aborted) throw stopped(true)
      call.countRequest()
      try {
        return await untilAborted(request(api, { abortSignal: signal }), signal)
      } catch (error) {
        throw signal.aborted ? stopped(false) : toRegistryError(error)
      }
    },
    async close() {
      closing.abort()
      api.destroy()
    },
  }
}

/** The SDK heeds the signal for the request itself, and not while it looks for credentials. */
async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', reject)
  try {
    return await Promise.race([answer, promise])
  } finally {
    signal.removeEventListener('abort', reject)
  }
}

function createApi({ image: _, concurrency, ...place }: SagemakerConfig, log: Logger): SageMaker {
  const agent = { keepAlive: true, maxSockets: concurrency }
  // The SDK warns on the console when requests wait for a connection, which is what `concurrency` is for.
  const debug = (...content: unknown[]) => log.debug({ sdk: content.map(String) }, 'the AWS SDK says')
  const logger = { trace: debug, debug, info: debug, warn: debug, error: debug }
  return new SageMaker({
    ...place,
    // The gateway retries, within its budget and the caller's deadline.
    maxAttempts: 1,
    requestHandler: { httpAgent: agent, httpsAgent: agent, logger },
  })
}
