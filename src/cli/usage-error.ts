/** What was asked for cannot be done as it was asked; ends a command with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
