import { Readable } from 'node:stream'
import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  decompressResponsePolicy,
  RestError,
  setClientRequestIdPolicy,
  userAgentPolicy,
} from '@azure/core-rest-pipeline'
import { type Call, maskTexts } from '../../../contract/index.ts'
import { AnswerBodies } from '../../http/answer-bodies.ts'
import { countAnswer, largestAnswer } from '../../http/answer-size.ts'
import type { AnswerBody } from '../../http/http-message.ts'
import { proxySecrets } from '../../http/proxy.ts'
import { readRefusal } from '../../http/read-body.ts'
import { ShareOfThread } from '../../http/share-of-thread.ts'
import type { Way } from '../../http/stale-connection.ts'
import type { AzureConfig } from '../config.ts'
import { agentPolicy, findAzureProxy } from './agents.ts'
import type { AzureAnswer } from './azure-answer.ts'
import { tunnelRefusal } from './tunnel-refusal.ts'

export interface AzureRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly url: string
  readonly token: string
  readonly body: unknown
  readonly way: Way
}

export type Send = (request: AzureRequest, call: Call, signal: AbortSignal) => Promise<AzureAnswer>

/**
 * Microsoft's pipeline with what it knows of packing and request ids, and without the rest: retries are the
 * gateway's, a redirect would carry the token elsewhere, and its own way with tokens wants another shape of errors.
 */
export function createSend(config: AzureConfig): Send {
  const pipeline = createEmptyPipeline()
  for (const policy of [
    decompressResponsePolicy(),
    userAgentPolicy({ userAgentPrefix: 'modelgate' }),
    setClientRequestIdPolicy(),
    agentPolicy(config),
  ]) {
    pipeline.addPolicy(policy)
  }
  const proxy = findAzureProxy(new URL(config.endpoint))
  const hidden = proxySecrets(proxy)
  const httpClient = createDefaultHttpClient()
  const share = new ShareOfThread()
  const bodies = new AnswerBodies(share)
  return async ({ method, url, token, body, way }, call, signal) => {
    await share.takeRequest(call, signal)
    const hasBody = body !== undefined
    const request = createPipelineRequest({
      url,
      method,
      headers: createHttpHeaders({
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      }),
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
      abortSignal: signal,
      allowInsecureConnection: true,
      disableKeepAlive: way === 'fresh',
      streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
    })
    const { status, headers, readableStreamBody } = await withoutRequest(
      pipeline.sendRequest(httpClient, request),
    )
    const isRefusal = status < 200 || status > 299
    const answered = readableStreamBody ?? Readable.from([])
    return {
      status,
      contentType: headers.get('content-type') ?? '',
      retryAfter: headers.get('retry-after') ?? null,
      ...(proxy && { proxy }),
      headers: headers.toJSON(),
      ...(await (isRefusal
        ? readMasked(answered, [token, ...hidden], call)
        : bodies.read(answered, { call, maxBytes: largestAnswer, signal }))),
    }
  }
}

async function readMasked(
  body: AsyncIterable<unknown>,
  secrets: readonly string[],
  call: Call,
): Promise<AnswerBody> {
  const text = maskTexts(await readRefusal(body), secrets)
  countAnswer(call, text.length)
  return { text }
}

/** What is thrown holds the request, and so the token; it is on its way to a log. */
async function withoutRequest<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    const refusal = tunnelRefusal(error)
    if (refusal !== null) throw refusal
    throw Object.assign(new Error(error.message), { code: error.code })
  }
}
