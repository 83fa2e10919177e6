import type { Writable } from 'node:stream'
import type { ExitCode } from './exit-code.ts'

/** Does not wait for what a plug-in has left open: a module that is still loading, a timer, a connection. */
export async function endProcess(code: ExitCode): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map(flush))
  process.exit(code)
}

/** What was written before is on its way when this is. */
async function flush(stream: Writable): Promise<void> {
  await new Promise<void>((resolve) => stream.write('', () => resolve()))
}
