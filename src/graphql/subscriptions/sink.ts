import type { GraphQLFormattedError } from 'graphql'

/** Why a client is sent away, to come again and go on from its last cursor. */
export type ComeAgain = 'closing' | 'slow' | 'failed'

/** Where what is told of one operation goes. */
export interface Sink {
  /** It goes on: more than one answer may come. */
  goesOn(): void
  /** One of many answers, as JSON. Whoever reads them too slowly is sent away. */
  tell(json: string): void
  /** The one answer, as JSON, and that it is over. It takes as long to read as it takes. */
  answer(json: string): void
  complete(): void
  /** It is told no more, for its own fault. */
  fail(errors: readonly GraphQLFormattedError[]): void
  /** It is told no more for now. */
  comeAgain(why: ComeAgain): void
  /** Bytes that wait to be sent to this client. */
  readonly waiting: number
  /** Resolves when what waits now is on its way, or the client has left. */
  flushed(): Promise<void>
}
