import type { IncomingMessage } from 'node:http'
import { answerCall, planeOf } from './answer-call.ts'
import type { AzureAnswer } from './azure-call.ts'
import { AzureError } from './azure-error.ts'
import type { DoubleState } from './double-state.ts'
import { toErrorBody } from './error-body.ts'
import { type BrokenAnswer, invalidToken, takeMatching, toFailure } from './fault.ts'
import { region } from './operation-routes.ts'
import { isExpired, type Principal, principalOf } from './principal.ts'
import type { AzureDoubleSwitches } from './switches.ts'

interface Context {
  state: DoubleState
  switches: AzureDoubleSwitches
}

/** The answer of Azure ML, or what a switch puts in its place. */
export const answerAzure = (
  { state, switches }: Context,
  request: IncomingMessage,
  url: URL,
  body: string,
): AzureAnswer | BrokenAnswer => {
  const method = request.method ?? 'GET'
  const fault = takeMatching(switches.faults, method, url.pathname)
  const fail = (failure: AzureError | BrokenAnswer) =>
    failure instanceof AzureError ? toFailureAnswer(failure, { state, switches }) : failure
  try {
    if (fault !== undefined && fault.afterEffect !== true) return fail(toFailure(fault))
    state.operations.endOverdue()
    const principal = authenticate(request)
    const answer = answerCall({ method, url, body, plane: planeOf(url.pathname), principal, state, switches })
    return fault === undefined ? answer : fail(toFailure(fault))
  } catch (error) {
    if (error instanceof AzureError) return fail(error)
    return { status: 500, body: { error: { code: 'DefectOfTheDouble', message: String(error) } } }
  }
}

const authenticate = ({ headers }: IncomingMessage): Principal => {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined)
    throw invalidToken(
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    )
  if (isExpired(token))
    throw invalidToken('ExpiredAuthenticationToken', 'The access token expiry is in the past.')
  return principalOf(token)
}

const toFailureAnswer = (error: AzureError, { state, switches }: Context): AzureAnswer => ({
  status: error.status,
  ...(error.options.headers === undefined ? {} : { headers: error.options.headers }),
  body: toErrorBody(error, { now: state.clock.now(), region, debugInfoBytes: switches.debugInfoBytes }),
})
