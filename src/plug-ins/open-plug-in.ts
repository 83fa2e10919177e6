import { type Adapter, RegistryError } from '../contract/index.ts'
import { within } from '../timing/within.ts'
import { type GuardOptions, guardedAdapter } from './guarded-adapter.ts'
import { type PlugInName, plugInFault } from './plug-in-fault.ts'
import { unusableAdapter } from './unusable-adapter.ts'

interface PlugInSettings extends PlugInName {
  readonly timeoutMs: number
}

/** Connects a plug-in. One that cannot be connected is a registry that says why; never rejects. */
export async function openPlugIn(
  plugIn: PlugInSettings,
  connect: () => Promise<Adapter>,
  options: Omit<GuardOptions, 'plugIn'>,
): Promise<Adapter> {
  const { log } = options
  const connecting = connect()
  const { timeoutMs } = plugIn
  try {
    const adapter = await within(
      timeoutMs,
      () => connecting,
      () =>
        plugInFault(
          plugIn,
          `did not come back from connect() within ${timeoutMs} ms; it is not to wait for its backend there`,
        ),
    )
    return guardedAdapter(adapter, { plugIn, ...options })
  } catch (error) {
    log.error({ registry: plugIn.name, adapter: plugIn.adapter, err: error }, 'connecting a plug-in failed')
    // One that comes too late is of no use, and may hold connections.
    connecting
      .then((late) => late.close())
      .catch((lateError: unknown) => log.debug({ err: lateError }, 'a late plug-in'))
    const failure = RegistryError.is(error)
      ? error
      : plugInFault(plugIn, 'failed in connect(); the log says why')
    return unusableAdapter(`${failure.message} Correct it and start the gateway anew.`)
  }
}
