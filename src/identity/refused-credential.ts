/** What a request shows does not hold. The reason is for the log; clients are told the same for all reasons. */
export class RefusedCredential extends Error {
  override readonly name = 'RefusedCredential'
  /** Further facts for the log, none of them secret. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(reason: string, facts: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(reason, options)
    this.facts = facts
  }
}
