import type { HttpAnswer } from '../../http/http-message.ts'

export interface AzureAnswer extends HttpAnswer {
  /** By its name in lower case. */
  readonly headers: Readonly<Record<string, string>>
}
