/** How a registry is kept in the catalog. Times are milliseconds. */
export interface CatalogSettings {
  /** Between two looks for what has changed. */
  readonly syncEveryMs: number
  /** Between two reads of the whole registry. */
  readonly sweepEveryMs: number
  /** Whether params and metrics of runs are kept. */
  readonly runs: boolean
  /** Whether files are listed for the size of a version where nothing else tells it. */
  readonly sizes: boolean
  /** From this age on what is answered from the catalog says that it is stale. */
  readonly staleAfterMs: number
  /** Whether a registry that fails is answered from the catalog, where a request does not say. */
  readonly staleIfError: boolean
}
