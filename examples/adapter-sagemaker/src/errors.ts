import { RegistryError, type RegistryErrorCode, type RegistryErrorOptions } from 'modelgate/adapter'

/** What the SDK throws, as far as it is looked at. */
interface SdkError extends Error {
  /** Of Node, when there was no answer. */
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

/** Names of exceptions; those of every service of AWS stand beside SageMaker's own. */
const names = {
  throttled:
    /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/,
  unknownCaller:
    /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?|RequestExpired|CredentialsProviderError|TokenProviderError|OptInRequired|AuthFailure)$/,
  forbidden: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/,
  notFound: /^(ResourceNotFound|ResourceNotFoundException)$/,
  invalid:
    /^(ValidationException|ValidationError|InvalidParameter\w*|MalformedQueryString|SerializationException)$/,
}

/** SageMaker says ValidationException of three things, and only its words tell them apart. */
const words = {
  notFound: /does not exist|not found|could not find|cannot find/i,
  alreadyExists: /already exist/i,
}

const neverReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
])
const neverReachedTls = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_)/

/** What SageMaker says of a refused request is passed on; of everything else only what went wrong. */
export function toRegistryError(error: unknown): RegistryError {
  if (RegistryError.is(error)) return error
  const thrown = error as SdkError
  const status = thrown.$metadata?.httpStatusCode
  const fail = (code: RegistryErrorCode, message: string, options: RegistryErrorOptions = {}) =>
    new RegistryError(code, message, { ...options, cause: error })
  if (names.throttled.test(thrown.name) || status === 429)
    return fail('RATE_LIMITED', 'SageMaker throttles this account; ask less often.', {
      retryAfterMs: retryAfter(thrown),
    })
  if (names.unknownCaller.test(thrown.name) || status === 401)
    return fail(
      'UNAUTHENTICATED',
      'AWS does not take the credentials of this registry, or there are none; renew them.',
    )
  if (names.forbidden.test(thrown.name) || status === 403) return fail('FORBIDDEN', forbiddenMessage(thrown))
  if (names.notFound.test(thrown.name)) return fail('NOT_FOUND', refusal(thrown))
  if (names.invalid.test(thrown.name)) return fail(codeOfValidation(thrown), refusal(thrown))
  if (thrown.name === 'ConflictException') return fail('CONFLICT', refusal(thrown), { retryable: true })
  if (/^(ResourceLimitExceeded|ResourceInUse)$/.test(thrown.name))
    return fail('POLICY_VIOLATION', refusal(thrown))
  return status === undefined ? withoutAnswer(thrown) : unusable(status, thrown)
}

function codeOfValidation({ message }: SdkError): RegistryErrorCode {
  if (words.notFound.test(message)) return 'NOT_FOUND'
  return words.alreadyExists.test(message) ? 'ALREADY_EXISTS' : 'BAD_USER_INPUT'
}

function refusal({ message }: SdkError): string {
  return `SageMaker refuses this: ${message}`
}

/** The whole message names the account and the role. */
function forbiddenMessage({ message }: SdkError): string {
  const [action] = /sagemaker:\w+/.exec(message) ?? []
  return `The credentials of this registry may not do this${action ? `; allow them ${action}` : ''}.`
}

function withoutAnswer(error: SdkError): RegistryError {
  const code = String(error.code ?? '')
  if (code === '' && error.name !== 'TimeoutError') return unusable(null, error)
  const nothingWritten = neverReached.has(code) || neverReachedTls.test(code)
  const message = `SageMaker cannot be reached (${code || error.name}).`
  return new RegistryError('REGISTRY_UNAVAILABLE', message, { nothingWritten, cause: error })
}

function unusable(status: number | null, error: SdkError): RegistryError {
  const isAway = status === 502 || status === 503 || status === 504
  const code = isAway ? 'REGISTRY_UNAVAILABLE' : 'REGISTRY_ERROR'
  const what = status === null || status < 400 ? 'what cannot be read' : `status ${status}`
  const options = { retryAfterMs: retryAfter(error), cause: error }
  return new RegistryError(code, `SageMaker answered with ${what}.`, options)
}

function retryAfter({ $response }: SdkError): number | null {
  const seconds = Number($response?.headers?.['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : null
}

/** What SageMaker's API always has: without it something else has answered. */
export function required<T>(member: T | undefined): T {
  if (member !== undefined) return member
  throw new RegistryError('REGISTRY_ERROR', 'SageMaker answered with what cannot be read.')
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

/** Of a write of several requests: one of them was done, so it is not true any more that nothing was written. */
export async function afterFirstWrite<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!RegistryError.is(error)) throw error
    const { code, message, retryable, retryAfterMs, cause } = error
    throw new RegistryError(code, message, { retryable, retryAfterMs, cause, nothingWritten: false })
  }
}
