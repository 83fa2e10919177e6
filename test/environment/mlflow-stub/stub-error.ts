/** An error as MLflow answers it: JSON with a code, or a page of HTML. */
export class StubError extends Error {
  readonly status: number
  /** None: the answer is HTML. */
  readonly code: string | undefined

  constructor(status: number, code: string | undefined, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const invalidParameter = (message: string): StubError =>
  new StubError(400, 'INVALID_PARAMETER_VALUE', message)

export const notFound = (message: string): StubError => new StubError(404, 'RESOURCE_DOES_NOT_EXIST', message)

export const noSuchRoute = (): StubError => new StubError(404, undefined, 'Not Found')

export const serverError = (message: string): StubError => new StubError(500, 'INTERNAL_ERROR', message)
