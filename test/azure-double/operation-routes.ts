import { type AzureAnswer, type AzureCall, inPath, type ScopedCall } from './azure-call.ts'
import { formatAzureTime } from './azure-clock.ts'
import { gatewayError, serviceError } from './azure-error.ts'
import type { Operation } from './operation-store.ts'
import { provider } from './resource-scope.ts'

export const region = 'eastus2'

export const startOperation = (
  { state, switches }: AzureCall,
  onEnd: (outcome: string) => void,
  result?: object,
): Operation => state.operations.start(switches.longRunning, onEnd, result)

export const statusAddress = ({ url, apiVersion, scope }: ScopedCall, { id }: Operation): string =>
  `${url.origin}${operationId(scope.subscription, 'mfeOperationsStatus', id)}?api-version=${apiVersion}`

const operationId = (subscription: string, kind: string, id: string): string =>
  `/subscriptions/${subscription}/providers/${provider}/locations/${region}/${kind}/${id}`

/** 202, with the address of the result. Through ARM that is another one than beside it, and so is the body. */
export const toAccepted = (call: ScopedCall, operation: Operation): AzureAnswer => {
  const { origin } = call.url
  const isArm = call.plane === 'arm'
  const path = isArm
    ? `${operationId(call.scope.subscription, 'mfeOperationResults', operation.id)}?api-version=${call.apiVersion}`
    : `/assetstore/v1.0/operations/${operation.id}`
  return {
    status: 202,
    headers: {
      Location: `${origin}${path}`,
      'x-ms-async-operation-timeout': 'PT1H',
      ...retryAfter(call),
    },
    body: null,
  }
}

export const getOperationStatus = (call: AzureCall): AzureAnswer => {
  const operation = poll(call)
  const id = operationId(inPath(call, 'subscription'), 'mfeOperationsStatus', operation.id)
  return {
    status: 200,
    headers:
      operation.outcome === undefined ? toRetryAfter(call.switches.longRunning.retryAfterCreation) : {},
    body: {
      id,
      name: operation.id,
      startTime: formatAzureTime(operation.startedAt),
      ...(operation.endedAt === undefined ? {} : { endTime: formatAzureTime(operation.endedAt) }),
      percentComplete: asDouble(operation.outcome === undefined ? 0 : 100),
      status: operation.outcome ?? 'Updating',
      ...(isFailed(operation) ? { error: { code: 'UserError', message: failure(operation) } } : {}),
    },
  }
}

/** Of an operation known by `Location`: 202 until it has ended. */
export const getOperationResult = (call: AzureCall): AzureAnswer => {
  const operation = poll(call)
  if (operation.outcome === undefined)
    return {
      status: 202,
      headers: {
        Location: call.url.href,
        ...retryAfter(call),
      },
    }
  if (isFailed(operation)) throw serviceError(400, 'UserError', failure(operation))
  return operation.result === undefined ? { status: 204 } : { status: 200, body: operation.result }
}

const retryAfter = ({ plane, switches }: AzureCall): Record<string, string> => {
  const { retryAfter: seconds, retryAfterBesideArm } = switches.longRunning
  return toRetryAfter(plane === 'arm' ? seconds : retryAfterBesideArm)
}

export const toRetryAfter = (seconds: number | null): Record<string, string> =>
  seconds === null ? {} : { 'Retry-After': `${seconds}` }

const poll = (call: AzureCall): Operation => {
  const operation = call.state.operations.poll(inPath(call, 'operation'))
  if (operation === undefined)
    throw gatewayError(404, 'NotFound', `The operation ${inPath(call, 'operation')} was not found.`)
  return operation
}

const isFailed = ({ outcome }: Operation): boolean => outcome === 'Failed' || outcome === 'Canceled'

const failure = ({ id, outcome }: Operation): string => `The operation ${id} ended as ${outcome}.`

/** The service writes a whole double as `0.0`, which no number of JavaScript does. */
const asDouble = (value: number): unknown => rawJson.rawJSON(value.toFixed(1))

// In Node since 21, and not yet in the library of TypeScript.
const rawJson = JSON as unknown as { rawJSON(text: string): unknown }
