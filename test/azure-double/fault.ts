import { type AzureError, gatewayError, serviceError } from './azure-error.ts'

export type FaultKind =
  | 'throttledByService'
  | 'throttledByArm'
  | 'proxyError'
  | 'invalidToken'
  | 'authorizationFailed'
  | 'serviceError'
  | 'serviceTimeout'
  | 'connectionReset'

/** Which requests something is about: all that match, or only the next few. */
export interface RequestMatch {
  method?: string
  /** What the path contains, e.g. `/versions/`. */
  path?: string
  /** How many requests; without it, all. */
  times?: number
}

export interface Fault extends RequestMatch {
  kind: FaultKind
  /** Sent as `Retry-After`; left out, as the service does, when absent. */
  retryAfter?: string
  /** The request is carried out all the same, and only its answer is lost. */
  afterEffect?: boolean
}

/** The first of the list that is about this request; takes it off the list when it has been used up. */
export const takeMatching = <Match extends RequestMatch>(
  matches: Match[],
  method: string,
  path: string,
): Match | undefined => {
  const found = matches.find(
    (match) =>
      (match.method ?? method).toUpperCase() === method &&
      path.includes(match.path ?? '') &&
      match.times !== 0,
  )
  if (found?.times !== undefined) found.times -= 1
  return found
}

/** An answer that is no JSON, or no answer at all. */
export class BrokenAnswer {
  readonly status: number | undefined
  readonly html: string

  constructor(status?: number, html = '') {
    this.status = status
    this.html = html
  }
}

const throttled =
  'Received too many requests in a short amount of time. Retry again after 20 seconds.' as const
const proxyPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'

export const toFailure = ({ kind, retryAfter }: Fault): AzureError | BrokenAnswer => {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': retryAfter }
  switch (kind) {
    case 'throttledByService':
      return serviceError(429, 'UserError', throttled, {
        headers,
        inner: ['QuotaExceeded', 'TooManyRequests'],
      })
    case 'throttledByArm':
      return gatewayError(429, 'SubscriptionRequestsThrottled', 'Number of requests exceeded the limit.', {
        headers: { ...headers, 'x-ms-ratelimit-remaining-subscription-reads': '0' },
      })
    case 'proxyError':
      return new BrokenAnswer(502, proxyPage)
    case 'connectionReset':
      return new BrokenAnswer()
    case 'invalidToken':
      return invalidToken('InvalidAuthenticationToken', 'The access token is invalid.')
    case 'authorizationFailed':
      return gatewayError(403, 'AuthorizationFailed', authorizationFailed)
    case 'serviceError':
      return serviceError(500, 'ServiceError', 'InternalServerError', failureCause)
    case 'serviceTimeout':
      return serviceError(504, 'TransientError', 'Service invocation timed out.', {
        ...failureCause,
        target: 'GET https://model-registry.svc/modelregistry/v1.0/models',
      })
  }
}

const failureCause = { headers: { 'x-ms-failure-cause': 'service' } }

const authorizationFailed =
  "The client 'A User' with object id '5019366a-0000-4000-8000-000000000001' does not have authorization to " +
  "perform action 'Microsoft.MachineLearningServices/workspaces/models/versions/write' over scope '/subscriptions' " +
  'or the scope is invalid. If access was recently granted, please refresh your credentials.'

export const invalidToken = (code: string, message: string): AzureError =>
  gatewayError(401, code, message, {
    headers: {
      'WWW-Authenticate': `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${message}"`,
    },
  })
