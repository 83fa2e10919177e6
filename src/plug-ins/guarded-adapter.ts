import { descriptionShape } from '../contract/description-shape.ts'
import type { Adapter, Call, Logger, RegistryDescription } from '../contract/index.ts'
import { flawOf } from '../contract/shape.ts'
import { within } from '../timing/within.ts'
import { missingCapabilities } from './declared-capabilities.ts'
import { Guard } from './guard.ts'
import { guardedFacets } from './guarded-facets.ts'
import { type PlugInName, plugInFault } from './plug-in-fault.ts'

export interface GuardOptions {
  readonly plugIn: PlugInName
  /** That one page may hold, unless more were asked for. */
  readonly mostRows: number
  readonly log: Logger
}

const closeTimeoutMs = 2000

/**
 * A plug-in as the gateway's own adapters are: what it gives is looked at before anything is made of it, so that a
 * mistake in it is an error of its registry and of nothing else.
 */
export function guardedAdapter(adapter: Adapter, options: GuardOptions): Adapter {
  const guard = new Guard(options.plugIn, options.mostRows)
  return {
    describe: (call) => describe(guard, adapter, call),
    health: (call) => guard.ask('health', call, async () => adapter.health(call)),
    ...(adapter.perCaller === true && { perCaller: true }),
    ...guardedFacets(guard, adapter),
    close: () => close(adapter, options),
  }
}

function describe(guard: Guard, adapter: Adapter, call: Call): Promise<RegistryDescription> {
  return guard.ask('describe', call, async () =>
    checkDescription(guard, adapter, await adapter.describe(call)),
  )
}

function checkDescription(
  guard: Guard,
  adapter: Adapter,
  description: RegistryDescription,
): RegistryDescription {
  const flaw = flawOf(descriptionShape, description)
  if (flaw !== null) {
    throw guard.refuse(
      `describes itself with a "${flaw}" that is not as the contract says; correct the plug-in`,
    )
  }
  const missing = missingCapabilities(adapter, description)
  if (missing.length === 0) return description
  throw guard.refuse(
    `declares what it does not have: ${missing.join('; ')}. Implement it, or declare NONE; until then it is not asked`,
  )
}

/** The gateway ends, whether the plug-in does or not. */
async function close(adapter: Adapter, { plugIn, log }: GuardOptions): Promise<void> {
  try {
    await within(
      closeTimeoutMs,
      async () => adapter.close(),
      () => plugInFault(plugIn, `did not close within ${closeTimeoutMs} ms`),
    )
  } catch (error) {
    log.warn({ registry: plugIn.name, adapter: plugIn.adapter, err: error }, 'closing a plug-in failed')
  }
}
