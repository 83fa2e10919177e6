import type { SourceStatusResolvers } from '../generated/resolver-types.ts'

export const sourceStatus: SourceStatusResolvers = {
  // GraphQL takes an Error for a failure of the field, and this one is its value.
  error: ({ error }) => {
    if (!error) return null
    const { code, message, retryable, retryAfterMs } = error
    return { code, message, retryable, retryAfterMs }
  },
}
