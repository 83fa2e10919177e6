import { RegistryError, type RegistryErrorCode } from 'modelgate/adapter'

/** What the SDK throws, as far as it is looked at. */
interface SdkError extends Error {
  /** Of Node, when there was no answer. */
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

/** By the exception's name; those of every service of AWS stand beside SageMaker's own. */
const codesByName: readonly (readonly [RegExp, RegistryErrorCode])[] = [
  // A ConflictException is another change that is under way, and no compare-and-set that lost.
  [/^(Throttl\w+|TooManyRequests\w*|RequestLimitExceeded|SlowDown|ConflictException)$/, 'RATE_LIMITED'],
  [
    /^(ExpiredToken\w*|RequestExpired|InvalidClientTokenId|UnrecognizedClient\w*|InvalidSignature\w*|SignatureDoesNotMatch|MissingAuthenticationToken\w*|IncompleteSignature\w*|\w+ProviderError|OptInRequired|AuthFailure)$/,
    'UNAUTHENTICATED',
  ],
  [/^(AccessDenied\w*|UnauthorizedOperation|NotAuthorized)$/, 'FORBIDDEN'],
  [/^ResourceNotFound\w*$/, 'NOT_FOUND'],
  [/^(Validation\w+|InvalidParameter\w*|MalformedQueryString|SerializationException)$/, 'BAD_USER_INPUT'],
  [/^Resource(LimitExceeded|InUse)$/, 'POLICY_VIOLATION'],
]

const codesByStatus: Readonly<Record<number, RegistryErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  429: 'RATE_LIMITED',
  502: 'REGISTRY_UNAVAILABLE',
  503: 'REGISTRY_UNAVAILABLE',
  504: 'REGISTRY_UNAVAILABLE',
}

const neverReached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_)/

export function toRegistryError(thrown: unknown): RegistryError {
  const error = thrown as SdkError
  const code = codeOf(error)
  const seconds = Number(error.$response?.headers?.['retry-after'] ?? Number.NaN)
  return new RegistryError(code, messageOf(code, error), {
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
    ...(neverReached.test(error.code ?? '') && { nothingWritten: true }),
    cause: error,
  })
}

function codeOf({ name, message, code, $metadata }: SdkError): RegistryErrorCode {
  const known = codesByName.find(([pattern]) => pattern.test(name))?.[1]
  if (known !== undefined) return known === 'BAD_USER_INPUT' ? codeOfValidation(message) : known
  const status = $metadata?.httpStatusCode
  if (status !== undefined) return codesByStatus[status] ?? 'REGISTRY_ERROR'
  return code === undefined && name !== 'TimeoutError' ? 'REGISTRY_ERROR' : 'REGISTRY_UNAVAILABLE'
}

/** SageMaker says ValidationException of three things, and only its words tell them apart. */
function codeOfValidation(message: string): RegistryErrorCode {
  if (/does not exist|not found|could not find|cannot find/i.test(message)) return 'NOT_FOUND'
  return /already exist/i.test(message) ? 'ALREADY_EXISTS' : 'BAD_USER_INPUT'
}

/** What SageMaker says of a refused request is passed on; of everything else only what went wrong. */
function messageOf(code: RegistryErrorCode, { name, message, code: reason, $metadata }: SdkError): string {
  const status = $metadata?.httpStatusCode ?? 0
  switch (code) {
    case 'RATE_LIMITED':
      return name === 'ConflictException'
        ? 'SageMaker is busy with another change of this; try again.'
        : 'SageMaker throttles this account; ask less often.'
    case 'UNAUTHENTICATED':
      return 'AWS does not take the credentials of this registry, or there are none; renew them.'
    case 'FORBIDDEN': {
      // The whole message names the account and the role.
      const [action] = /sagemaker:\w+/.exec(message) ?? []
      return `The credentials of this registry may not do this${action ? `; allow them ${action}` : ''}.`
    }
    case 'REGISTRY_UNAVAILABLE':
    case 'REGISTRY_ERROR':
      if (status >= 400) return `SageMaker answered with status ${status}.`
      return code === 'REGISTRY_ERROR' ? unreadable : `SageMaker cannot be reached (${reason ?? name}).`
    default:
      return `SageMaker refuses this: ${message}`
  }
}

const unreadable = 'SageMaker answered with what cannot be read.'

/** What SageMaker's API always has: without it something else has answered. */
export function required<T>(member: T | undefined): T {
  if (member !== undefined) return member
  throw new RegistryError('REGISTRY_ERROR', unreadable)
}

/** Of what is asked for by name: not there is no error. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (RegistryError.is(error) && error.code === 'NOT_FOUND') return null
    throw error
  }
}
