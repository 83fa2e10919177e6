/** An idempotency key came with other arguments than before: IDEMPOTENCY_KEY_REUSED. */
export class KeyReusedError extends Error {
  readonly field = 'idempotencyKey'

  constructor(key: string) {
    super(
      `The idempotencyKey ${JSON.stringify(key)} was used with other arguments; take a new one for a new wish.`,
    )
    this.name = 'KeyReusedError'
  }
}
