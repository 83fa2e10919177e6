/** What to send for a source. */
export interface CheckedSource {
  readonly source: string
  readonly runId: string | null
  /** The logged model that the files are of. */
  readonly modelId: string | null
}
