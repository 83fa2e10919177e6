import {
  type Adapter,
  type ArtifactReads,
  type Call,
  type Logger,
  type RegistryDescription,
  RegistryError,
  type VersionReads,
} from '../contract/index.ts'
import { within } from '../timing/within.ts'
import * as kinds from './batch-kinds.ts'
import { missingCapabilities } from './declared-capabilities.ts'
import { Guard } from './guard.ts'
import { guardedTransfers } from './guarded-transfers.ts'
import { guardedWrites } from './guarded-writes.ts'
import { type PlugInName, plugInFault } from './plug-in-fault.ts'
import { descriptionShape, isArtifactList, modelShape, versionShape } from './record-shapes.ts'
import { flawOf } from './shape.ts'

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
  const { artifacts, aliases, runs, writes, copies, exports, imports } = adapter
  return {
    describe: (call) => describe(guard, adapter, call),
    health: (call) => guard.ask('health', call, async () => adapter.health(call)),
    ...(adapter.perCaller === true && { perCaller: true }),
    models: {
      get: (names, call) =>
        guard.askBatch('models.get', names, call, async () => adapter.models.get(names, call), kinds.models),
      list: (query, call) =>
        guard.askPage('models.list', query, call, async () => adapter.models.list(query, call), modelShape),
    },
    versions: guardedVersions(guard, adapter),
    ...(aliases && {
      aliases: {
        resolve: (keys, call) =>
          guard.askBatch(
            'aliases.resolve',
            keys,
            call,
            async () => aliases.resolve(keys, call),
            kinds.holders,
          ),
      },
    }),
    ...(runs && {
      runs: {
        get: (ids, call) =>
          guard.askBatch('runs.get', ids, call, async () => runs.get(ids, call), kinds.runs),
      },
    }),
    ...(artifacts && { artifacts: guardedArtifacts(guard, artifacts) }),
    ...(writes && { writes: guardedWrites(guard, writes) }),
    ...guardedTransfers(guard, { copies, exports, imports }),
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

function guardedVersions(guard: Guard, { versions }: Adapter): VersionReads {
  return {
    get: (keys, call) =>
      guard.askBatch('versions.get', keys, call, async () => versions.get(keys, call), kinds.versions),
    list: (query, call) =>
      guard.askPage('versions.list', query, call, async () => versions.list(query, call), versionShape),
    ofModels: async (names, limit, call) => {
      const ask = async () => versions.ofModels(names, limit, call)
      const outcomes = await guard.askBatch('versions.ofModels', names, call, ask, kinds.versionsOfModels)
      return outcomes.map((outcome) =>
        outcome !== null && 'versions' in outcome
          ? guard.notTooMany('versions.ofModels', outcome, outcome.versions.length, limit)
          : outcome,
      )
    },
    latest: (names, call) =>
      guard.askBatch(
        'versions.latest',
        names,
        call,
        async () => versions.latest(names, call),
        kinds.latestVersions,
      ),
  }
}

function guardedArtifacts(guard: Guard, artifacts: ArtifactReads): ArtifactReads {
  return {
    locate: (keys, call) =>
      guard.askBatch(
        'artifacts.locate',
        keys,
        call,
        async () => artifacts.locate(keys, call),
        kinds.locations,
      ),
    list: (key, path, call) =>
      guard.ask(
        'artifacts.list',
        call,
        async () => artifacts.list(key, path, call),
        (outcome) => outcome === null || RegistryError.is(outcome) || isArtifactList(outcome),
      ),
  }
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
