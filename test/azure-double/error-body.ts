import { randomBytes } from 'node:crypto'
import { formatAzureTime } from './azure-clock.ts'
import type { AzureError } from './azure-error.ts'

interface ErrorContext {
  now: bigint
  region: string
  /** How many bytes of service-internal debug info to add. */
  debugInfoBytes: number
}

export const toErrorBody = (error: AzureError, context: ErrorContext): object => {
  const { target, detail, inner, info = [] } = error.options
  const head = { code: error.code, message: error.message, ...(target === undefined ? {} : { target }) }
  if (error.origin === 'gateway')
    return { error: info.length === 0 ? head : { ...head, additionalInfo: info } }
  return {
    error: {
      ...head,
      details: detail === undefined ? [] : [{ ...detail, details: [], additionalInfo: [] }],
      additionalInfo: [
        ...standingInfo(context),
        ...(context.debugInfoBytes > 0 ? [debugInfo(error, context.debugInfoBytes)] : []),
        ...(inner === undefined ? [] : [{ type: 'InnerError', info: { value: nest(inner) } }]),
        ...info,
      ],
    },
  }
}

const standingInfo = ({ now, region }: ErrorContext) => [
  { type: 'ComponentName', info: { value: 'managementfrontend' } },
  {
    type: 'Correlation',
    info: { value: { operation: randomBytes(16).toString('hex'), request: randomBytes(8).toString('hex') } },
  },
  { type: 'Environment', info: { value: region } },
  { type: 'Location', info: { value: region } },
  { type: 'Time', info: { value: formatAzureTime(now) } },
]

const nest = ([code, ...rest]: readonly string[]): object | null =>
  code === undefined ? null : { code, innerError: nest(rest) }

/** Only for tests of what must never reach a client: it stands in every stack trace of debug info. */
export const debugInfoSecret = 'azure-internal-7be1'

const debugInfo = (error: AzureError, bytes: number): object => {
  const frame = `   at Contoso.Registry.${debugInfoSecret}(Uri builder, Object[] parameters) in /build/Invoker.cs:line 882\n`
  return {
    type: 'DebugInfo',
    info: {
      value: {
        type: 'Contoso.WebApi.ServiceInvocationException',
        message: error.message,
        stackTrace: frame.repeat(Math.ceil(bytes / frame.length)),
        innerException: null,
        data: {},
        errorResponse: null,
      },
    },
  }
}
