/** An answer as it is sent. */
export interface FinishedAnswer {
  readonly status: number
  /** Sent as one piece with its head where it is short, as a text. */
  readonly body: string | Buffer
  /** Of its first error; null: it has none. */
  readonly code: unknown
  readonly errors: number
  /** Its errors name the request that they are of. */
  readonly isPersonal: boolean
  /** Nothing failed, and nothing was left out. */
  readonly isWhole: boolean
}
