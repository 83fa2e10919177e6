import { FederationError } from './federation-error.ts'

/** The caller's arguments are wrong. `field` names the argument. */
export class InputError extends FederationError {
  override readonly name = 'InputError'
  declare readonly field: string

  constructor(field: string, message: string) {
    super(message, { code: 'BAD_USER_INPUT', field, retryable: false }, true)
  }
}
