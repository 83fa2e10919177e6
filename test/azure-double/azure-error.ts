export interface ErrorDetail {
  code: string
  message: string
}

interface AzureErrorOptions {
  /** `details[0]`, where the service's own errors carry the code that says something. */
  detail?: ErrorDetail
  /** Codes from the outside in, shown as an `InnerError`. */
  inner?: readonly string[]
  target?: string
  headers?: Record<string, string>
  /** More `additionalInfo`, e.g. a policy violation. */
  info?: readonly { type: string; info: object }[]
}

/** What goes wrong on purpose. `gateway` errors are ARM's own: they have a code and a message and nothing else. */
export class AzureError extends Error {
  readonly status: number
  readonly code: string
  readonly origin: 'service' | 'gateway'
  readonly options: AzureErrorOptions

  constructor(
    origin: 'service' | 'gateway',
    status: number,
    code: string,
    message: string,
    options: AzureErrorOptions = {},
  ) {
    super(message)
    this.origin = origin
    this.status = status
    this.code = code
    this.options = options
  }
}

/** An error of Azure ML itself. */
export const serviceError = (
  status: number,
  code: string,
  message: string,
  options?: AzureErrorOptions,
): AzureError => new AzureError('service', status, code, message, options)

/** An error of Azure Resource Manager, which never reached Azure ML. */
export const gatewayError = (
  status: number,
  code: string,
  message: string,
  options?: AzureErrorOptions,
): AzureError => new AzureError('gateway', status, code, message, options)

export const badArgument = (message: string, reason = 'InvalidRequest'): AzureError =>
  serviceError(400, 'UserError', message, { inner: ['BadArgument', 'ArgumentInvalid', reason] })

export const notFound = (detail: ErrorDetail): AzureError =>
  serviceError(404, 'UserError', 'The specified resource was not found.', { detail })
