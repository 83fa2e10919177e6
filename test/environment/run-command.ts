import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

interface CommandOptions {
  cwd?: string
  env?: Record<string, string>
  timeoutMs?: number
  signal?: AbortSignal
}

const execute = promisify(execFile)

/** Runs a command to its end and gives its standard output; a failure carries the end of what it said. */
export const runCommand = async (
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs = 60_000, signal }: CommandOptions = {},
): Promise<string> => {
  try {
    const { stdout } = await execute(command, args, {
      timeout: timeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
    })
    return stdout
  } catch (error) {
    throw new Error(`${command} ${args[0] ?? ''} failed: ${explain(error, timeoutMs)}`, { cause: error })
  }
}

const explain = (error: unknown, timeoutMs: number): string => {
  const failure = error as Error & { killed?: boolean; stderr?: string; stdout?: string }
  if (failure.killed) return `no end after ${timeoutMs / 1000} s`
  const said = (failure.stderr || failure.stdout || failure.message).trim()
  return said.split('\n').slice(-12).join('\n')
}
