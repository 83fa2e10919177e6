/** Errors that were thrown where nobody could catch them. */
export interface StrayErrors {
  /** In words, with the place where they came up. */
  readonly found: readonly string[]
  /** What is being done from now on. */
  begin(place: string): void
  /** Leaves the next one to end the process. */
  release(): void
}

/**
 * Keeps them from ending the process, as one promise that an adapter forgot would lose all that was found out. They
 * come after what is done in the same turn, so that whoever asks has to let one pass.
 */
export function holdStrayErrors(place: string): StrayErrors {
  const found: string[] = []
  let current = place
  const note = (what: string) => (error: unknown) => {
    // By its message alone, its author would never find it.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    found.push(`${current}: ${what}: ${text}`)
  }
  const onRejection = note('a promise was rejected and nobody handled it')
  const onException = note('an error was thrown where nobody could catch it')
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onException)
  return {
    found,
    begin(next) {
      current = next
    },
    release() {
      process.off('unhandledRejection', onRejection)
      process.off('uncaughtException', onException)
    },
  }
}
