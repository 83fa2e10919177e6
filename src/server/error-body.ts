/** Whatever goes wrong before a door is told in the form of a GraphQL answer, which clients know to read. */
export function createErrorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code, retryable: false } }] }
}
