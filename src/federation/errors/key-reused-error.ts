import { FederationError } from './federation-error.ts'

/** An idempotency key came with other arguments than before. */
export class KeyReusedError extends FederationError {
  override readonly name = 'KeyReusedError'

  constructor(key: string) {
    super(
      `The idempotencyKey ${JSON.stringify(key)} was used with other arguments; take a new one for a new wish.`,
      { code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey', retryable: false },
      true,
    )
  }
}
