import closeWithGrace from 'close-with-grace'
import type { Logger } from '../contract/index.ts'
import type { RunningGateway } from './command-tools.ts'

/** How long after the first signal another one is the same wish: npm passes on what the terminal has sent already. */
const echoMs = 500
/** For what comes after the last request. */
const spareMs = 5000

/**
 * Lets requests and writes in flight finish at the first signal, and ends at once at a second. An error that was thrown where
 * nobody could catch it ends the gateway in the same way, as nobody knows what it has left half done.
 */
export function closeOnSignal(gateway: RunningGateway, log: Logger): void {
  let closingSince: number | null = null
  const grace = closeWithGrace(
    {
      delay: gateway.graceMs + spareMs,
      logger: false,
      skip: ['SIGINT', 'SIGTERM', 'unhandledRejection'],
    },
    async ({ err }) => {
      if (err !== undefined) log.error({ err }, 'the gateway stops because of an error nobody caught')
      await gateway.close()
    },
  )
  const onSignal = (signal: NodeJS.Signals) => {
    if (closingSince === null) {
      closingSince = performance.now()
      log.info({ signal }, 'closing')
      grace.close()
    } else if (performance.now() - closingSince > echoMs) {
      log.warn({ signal }, 'closing at once')
      process.exit(1)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
