/** What one request cost, for `extensions.modelgate`. */
export interface CostReport {
  readonly upstreamRequests: Readonly<Record<string, number>>
  readonly cacheHits: Readonly<Record<string, number>>
}

/** Everything one request shares: deadlines, loaders, counters. */
export interface Session {
  cost(): CostReport
  /** Breaks off what is still under way upstream; nobody waits for it any more. */
  end(): void
}
