import { GraphQLError } from 'graphql'

/**
 * graphql-js 16 leaves the items of a list alone that are still to come when another one throws at once, and nobody hears
 * how they fail. A gateway logs such failures; here they would end the run. Answers what to call when it is over.
 */
export function ignoreOrphansOfGraphql(): () => void {
  const others = process.listeners('unhandledRejection')
  const hear: NodeJS.UnhandledRejectionListener = (reason, promise) => {
    if (reason instanceof GraphQLError) return
    for (const other of others) other(reason, promise)
  }
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', hear)
  return () => {
    process.off('unhandledRejection', hear)
    for (const other of others) process.on('unhandledRejection', other)
  }
}
