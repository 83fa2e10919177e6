import { constants } from 'node:os'
import { RegistryError } from '../contract/index.ts'
import type { Output } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

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
 * Lets a command that writes take back what it has begun at the first Ctrl-C or SIGTERM, and ends it at once at the
 * next.
 *
 * @param onFirst what to tell whoever waits. @param onSecond what is left to do by hand.
 */
export function breakOffOnSignal(stderr: Output, onFirst: () => string, onSecond: () => string): BreakOff {
  const controller = new AbortController()
  let received: { readonly name: 'SIGINT' | 'SIGTERM'; readonly at: number } | null = null
  const onSignal = (name: NodeJS.Signals) => {
    if (received === null) {
      received = { name: name === 'SIGTERM' ? name : 'SIGINT', at: performance.now() }
      stderr.write(onFirst())
      controller.abort(brokenOff())
    } else if (performance.now() - received.at > echoMs) {
      stderr.write(onSecond())
      process.exit(128 + constants.signals[received.name])
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    get code() {
      if (received === null) return null
      return received.name === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted
    },
    end() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

function brokenOff(): RegistryError {
  const message = 'The copy was broken off before its version was made.'
  return new RegistryError('REGISTRY_TIMEOUT', message, { nothingWritten: true })
}
