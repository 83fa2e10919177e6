import { RegistryError, type RegistryErrorCode } from '../../contract/index.ts'
import type { HttpAnswer } from './http-message.ts'
import { proxyWantsCredentials } from './proxy-error.ts'

/** An answer that is not 2xx, by its status alone. What it says stays in the cause, for the log. */
export function toStatusError(answer: HttpAnswer): RegistryError {
  const [code, message] = judge(answer)
  return new RegistryError(code, message, {
    cause: upstreamCause(answer),
    retryAfterMs: answer.status === 429 || answer.status === 503 ? readRetryAfter(answer.retryAfter) : null,
  })
}

export function upstreamCause(answer: HttpAnswer): Error {
  return new Error(`HTTP ${answer.status} ${answer.contentType}: ${answer.text.slice(0, 1000)}`)
}

function judge({ status, proxy }: HttpAnswer): readonly [RegistryErrorCode, string] {
  if (status >= 300 && status < 400) {
    return [
      'REGISTRY_ERROR',
      `The registry answered with a redirect (HTTP ${status}), which is not followed: set its url to where it leads.`,
    ]
  }
  switch (status) {
    case 401:
      return [
        'UNAUTHENTICATED',
        "The registry does not accept the gateway's credentials (HTTP 401): check auth.",
      ]
    case 403:
      return ['FORBIDDEN', "The registry does not permit this to the gateway's user (HTTP 403)."]
    case 404:
    case 405:
      return [
        'UNSUPPORTED',
        `The registry does not know this request (HTTP ${status}): its version lacks it, or the url has a wrong path.`,
      ]
    case 407:
      return ['REGISTRY_ERROR', proxyWantsCredentials(proxy ?? null)]
    case 413:
      return [
        'LIMIT_EXCEEDED',
        'The registry, or a proxy before it, takes no request as large as this (HTTP 413): raise its limit.',
      ]
    case 429:
      return ['RATE_LIMITED', 'The registry asks for fewer requests (HTTP 429).']
    case 502:
    case 503:
    case 504:
      return ['REGISTRY_UNAVAILABLE', `The registry is not available at the moment (HTTP ${status}).`]
    default:
      return ['REGISTRY_ERROR', `The registry failed to answer (HTTP ${status}).`]
  }
}

/** As long as a timer can wait; one that is to wait for longer does not wait at all. */
const longestWaitMs = 2 ** 31 - 1

/** Seconds, or a date. */
export function readRetryAfter(value: string | null, now = Date.now()): number | null {
  if (value === null) return null
  const trimmed = value.trim()
  const wait = /^\d+$/.test(trimmed) ? Number(trimmed) * 1000 : Date.parse(trimmed) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), longestWaitMs)
}
