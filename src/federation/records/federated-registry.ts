/** A configured registry as resolvers see it; what needs I/O is asked of the session. */
export interface FederatedRegistry {
  readonly name: string
  readonly adapter: string
  readonly environment: string | null
}
