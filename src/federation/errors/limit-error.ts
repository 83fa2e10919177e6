import { FederationError } from './federation-error.ts'

/** There is more than is answered at once. */
export class LimitError extends FederationError {
  override readonly name = 'LimitError'

  constructor(message: string) {
    super(message, { code: 'LIMIT_EXCEEDED', retryable: false }, true)
  }
}
