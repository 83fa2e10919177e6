import { RequestRefusal } from '../server/request-refusal.ts'

/** The same for all reasons, which only the log tells. */
export function unauthenticatedRefusal(clearingCookie: string | null): RequestRefusal {
  const message =
    'Who asks could not be verified: the credential is wrong, has expired or was revoked. Get a new one, or leave it out.'
  return new RequestRefusal(
    401,
    message,
    { code: 'UNAUTHENTICATED', retryable: false },
    {
      'www-authenticate': 'Bearer realm="modelgate", error="invalid_token"',
      ...(clearingCookie !== null && { 'set-cookie': clearingCookie }),
    },
  )
}

export function busyRefusal(waitMs: number): RequestRefusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const message = `Too many credentials from this address were refused; try again in ${seconds} s.`
  return new RequestRefusal(
    429,
    message,
    { code: 'RATE_LIMITED', retryable: true },
    { 'retry-after': String(seconds) },
  )
}

export function unavailableRefusal(): RequestRefusal {
  const message =
    "Who asks cannot be found out at present, as the gateway's own database does not answer; try again."
  return new RequestRefusal(
    503,
    message,
    { code: 'INTERNAL_SERVER_ERROR', retryable: true },
    { 'retry-after': '1' },
  )
}

export function foreignSiteRefusal(): RequestRefusal {
  const message =
    'A request with the cookie of a browser must come from a page of this gateway, or of an origin in server.cors, and be application/json or have the header apollo-require-preflight. Programs send a token in the header Authorization.'
  return new RequestRefusal(403, message, { code: 'FORBIDDEN', retryable: false })
}
