import { constants } from 'node:os'
import { RegistryError } from '../contract/index.ts'
import type { Output } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** Ctrl-C, whoever stops processes, and a terminal that goes away. */
const endings = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  SIGHUP: exitCode.hungUp,
} as const
type Ending = keyof typeof endings

/** npm passes on what the terminal has sent already. */
const echoMs = 500

export interface BreakOff {
  readonly signal: AbortSignal
  /** What the command ends with when it was broken off; null when it was not. */
  readonly code: ExitCode | null
  /** From now on a signal ends the process as usual. */
  end(): void
}

/**
 * Lets a command that writes take back what it has begun at the first signal to end, and ends it at once at the next.
 *
 * @param onFirst what to tell whoever waits. @param onSecond what is left to do by hand.
 */
export function breakOffOnSignal(stderr: Output, onFirst: () => string, onSecond: () => string): BreakOff {
  const controller = new AbortController()
  let received: { readonly name: Ending; readonly at: number } | null = null
  const onSignal = (name: Ending) => {
    if (received === null) {
      received = { name, at: performance.now() }
      stderr.write(onFirst())
      controller.abort(brokenOff())
    } else if (performance.now() - received.at > echoMs) {
      stderr.write(onSecond())
      process.exit(128 + constants.signals[received.name])
    }
  }
  const handlers = (Object.keys(endings) as Ending[]).map((name) => ({ name, end: () => onSignal(name) }))
  for (const { name, end } of handlers) process.on(name, end)
  return {
    signal: controller.signal,
    get code() {
      return received && endings[received.name]
    },
    end() {
      for (const { name, end } of handlers) process.off(name, end)
    },
  }
}

function brokenOff(): RegistryError {
  const message = 'The copy was broken off before its version was made.'
  return new RegistryError('REGISTRY_TIMEOUT', message, { nothingWritten: true })
}
