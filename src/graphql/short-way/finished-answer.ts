/** An answer as it is sent. */
export interface FinishedAnswer {
  readonly status: number
  readonly bytes: Buffer
  /** Of its first error; null: it has none. */
  readonly code: unknown
  readonly errors: number
  /** Its errors name the request that they are of. */
  readonly isPersonal: boolean
  /** Nothing failed, and nothing was left out. */
  readonly isWhole: boolean
}
