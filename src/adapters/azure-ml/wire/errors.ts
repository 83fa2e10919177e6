import { RegistryError } from '../../../contract/index.ts'
import { isJsonObject } from '../../http/parse-json.ts'
import { readRetryAfter, toStatusError, upstreamCause } from '../../http/status-error.ts'
import type { AzureAnswer } from './azure-answer.ts'
import { type AzureProblem, readProblem, textOf, toSentence } from './error-body.ts'
import type { Place } from './place.ts'

/** An answer that is not 2xx. What stands in `additionalInfo` beside a policy is for the service's makers only. */
export function toAzureError(answer: AzureAnswer, place: Place): RegistryError {
  const problem = readProblem(answer.text)
  if (answer.status === 429) return throttled(answer, problem)
  if (problem === null || answer.status >= 500) return toStatusError(answer)
  return (
    configurationProblem(answer, problem, place) ?? refusal(answer, problem, place) ?? toStatusError(answer)
  )
}

/** What an operator mends, with the setting to change. */
function configurationProblem(
  answer: AzureAnswer,
  { code }: AzureProblem,
  place: Place,
): RegistryError | null {
  const say = (words: string) => new RegistryError('REGISTRY_ERROR', words, { cause: upstreamCause(answer) })
  const quoted = (text: string) => JSON.stringify(text)
  const own = place.kind === 'workspaces' ? 'workspace' : 'registry'
  switch (code) {
    case 'SubscriptionNotFound':
    case 'InvalidSubscriptionId':
      return say(`Azure has no subscription ${place.subscriptionId} for this identity: check subscriptionId.`)
    case 'ResourceGroupNotFound':
      return say(
        `The subscription has no resource group ${quoted(place.resourceGroup)}: check resourceGroup.`,
      )
    case 'ResourceNotFound':
    case 'ParentResourceNotFound':
      return say(
        `The resource group ${quoted(place.resourceGroup)} has no ${own} ${quoted(place.name)}: check ${own} and resourceGroup.`,
      )
    case 'NoRegisteredProviderFound':
    case 'InvalidApiVersionParameter':
    case 'InvalidResourceType':
      return say('Azure does not know this api-version, or not for this kind of resource: check apiVersion.')
    default:
      return null
  }
}

function refusal(answer: AzureAnswer, problem: AzureProblem, place: Place): RegistryError | null {
  const cause = upstreamCause(answer)
  const sentence = toSentence(problem)
  switch (answer.status) {
    case 400:
      return new RegistryError(
        'BAD_USER_INPUT',
        sentence === null ? 'Azure ML refuses what was asked.' : `Azure ML refuses it: ${sentence}`,
        { cause },
      )
    case 401:
      return unauthenticated(answer, problem, place)
    case 403:
      return problem.code === 'RequestDisallowedByPolicy'
        ? policyViolation(problem, cause)
        : forbidden(problem, cause)
    case 404:
      return new RegistryError('NOT_FOUND', 'Azure ML does not have it.', { cause })
    case 409:
    case 412:
      return new RegistryError(
        'CONFLICT',
        `Somebody else has changed it at the same time${sentence === null ? '.' : `: ${sentence}`}`,
        { cause },
      )
    default:
      return null
  }
}

function unauthenticated(answer: AzureAnswer, { message }: AzureProblem, place: Place): RegistryError {
  const cause = upstreamCause(answer)
  if (/is not allowed to access registry/i.test(message)) {
    return new RegistryError(
      'UNAUTHENTICATED',
      `Azure does not let this identity use the registry ${JSON.stringify(place.name)}: check registry, and give the identity of auth a role on it.`,
      { cause },
    )
  }
  return new RegistryError(
    'UNAUTHENTICATED',
    "Azure does not accept the gateway's token, and a fresh one does not help: check auth (and that its tenant is that of subscriptionId).",
    { cause },
  )
}

function forbidden({ message }: AzureProblem, cause: Error): RegistryError {
  const action = /perform action '([\w./*-]+)'/.exec(message)?.[1]
  return new RegistryError(
    'FORBIDDEN',
    action === undefined
      ? "Azure does not permit this to the gateway's identity: give it a role that does, such as AzureML Data Scientist."
      : `Azure does not permit ${action} to the gateway's identity: give it a role that does, such as AzureML Data Scientist.`,
    { cause },
  )
}

function policyViolation({ additionalInfo }: AzureProblem, cause: Error): RegistryError {
  const policies = additionalInfo.flatMap(({ type, info }) => {
    if (type !== 'PolicyViolation' || !isJsonObject(info)) return []
    const name = textOf(info.policyDefinitionDisplayName) || textOf(info.policyDefinitionName)
    const id = textOf(info.policyDefinitionId)
    return [`${JSON.stringify(name)}${id === '' ? '' : ` (${id})`}`]
  })
  const named = policies.length === 0 ? 'a policy' : `the policy ${policies.join(' and ')}`
  return new RegistryError('POLICY_VIOLATION', `Azure Policy denies it by ${named}.`, { cause })
}

/** Azure ML says the delay in words, and ARM in a header. */
function throttled(answer: AzureAnswer, problem: AzureProblem | null): RegistryError {
  const { headers } = answer
  const inWords = /\bafter (\d{1,6}) seconds?\b/i.exec(problem?.message ?? '')?.[1]
  const retryAfterMs =
    toMilliseconds(headers['retry-after-ms']) ??
    toMilliseconds(headers['x-ms-retry-after-ms']) ??
    readRetryAfter(answer.retryAfter) ??
    (inWords === undefined ? null : Number(inWords) * 1000)
  return new RegistryError(
    'RATE_LIMITED',
    retryAfterMs === null
      ? 'Azure asks for fewer requests (HTTP 429).'
      : `Azure asks for fewer requests (HTTP 429): try again after ${Math.ceil(retryAfterMs / 1000)} seconds.`,
    { retryAfterMs, cause: upstreamCause(answer) },
  )
}

function toMilliseconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}
