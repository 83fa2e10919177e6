import { SageMakerClient } from '@aws-sdk/client-sagemaker'
import { type Call, type Logger, RegistryError } from 'modelgate/adapter'
import type { SagemakerConfig } from './config.ts'
import { toRegistryError } from './errors.ts'
import { untilAborted } from './until-aborted.ts'

interface RequestOptions {
  readonly abortSignal: AbortSignal
}

export interface Client {
  /** One request, counted; whatever goes wrong with it is a RegistryError. */
  ask<Answer>(
    call: Call,
    request: (sdk: SageMakerClient, options: RequestOptions) => Promise<Answer>,
  ): Promise<Answer>
  close(): Promise<void>
}

export function connectClient(config: SagemakerConfig, log: Logger): Client {
  const sdk = createSdk(config, log)
  const closing = new AbortController()
  return {
    async ask(call, request) {
      const signal = AbortSignal.any([call.signal, closing.signal])
      const stopped = (options: { nothingWritten?: boolean }) =>
        closing.signal.aborted
          ? new RegistryError('REGISTRY_UNAVAILABLE', 'The connection to SageMaker is closed.', options)
          : new RegistryError('REGISTRY_TIMEOUT', 'SageMaker did not answer in time.', options)
      if (signal.aborted) throw stopped({ nothingWritten: true })
      call.countRequest()
      try {
        return await untilAborted(request(sdk, { abortSignal: signal }), signal)
      } catch (error) {
        throw signal.aborted ? stopped({}) : toRegistryError(error)
      }
    },
    async close() {
      closing.abort()
      sdk.destroy()
    },
  }
}

function createSdk({ region, endpoint, credentials, concurrency }: SagemakerConfig, log: Logger) {
  const agent = { keepAlive: true, maxSockets: concurrency }
  return new SageMakerClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials: withoutUndefined(credentials) }),
    // The gateway retries, within its budget and the caller's deadline.
    maxAttempts: 1,
    requestHandler: { httpAgent: agent, httpsAgent: agent, logger: quietLogger(log) },
  })
}

function withoutUndefined({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: NonNullable<SagemakerConfig['credentials']>) {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
}

/** The SDK warns on the console when requests wait for a connection, which is what `concurrency` is for. */
function quietLogger(log: Logger) {
  const debug = (...content: unknown[]) => log.debug({ sdk: content.map(String) }, 'the AWS SDK says')
  return { trace: debug, debug, info: debug, warn: debug, error: debug }
}
