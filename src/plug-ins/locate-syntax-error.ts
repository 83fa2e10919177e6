import { execFile } from 'node:child_process'

/** Node says of a module that it cannot parse neither the file nor the line, unless it is asked to parse nothing else. */
export async function locateSyntaxError(error: unknown, file: string): Promise<unknown> {
  if (!(error instanceof SyntaxError) || error.stack?.includes('file:')) return error
  const { promise: said, resolve } = Promise.withResolvers<string>()
  execFile(process.execPath, ['--check', file], { timeout: 5000 }, (_, _stdout, stderr) => resolve(stderr))
  const place = (await said).trim()
  // Empty: what it cannot parse is in a file that this one imports.
  if (place !== '') error.stack = place
  return error
}
