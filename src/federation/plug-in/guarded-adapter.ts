import {
  type Adapter,
  type ArtifactReads,
  type Call,
  type Logger,
  type RegistryDescription,
  RegistryError,
  type VersionReads,
} from '../../contract/index.ts'
import { missingCapabilities } from './declared-capabilities.ts'
import { Guard } from './guard.ts'
import { guardedTransfers } from './guarded-transfers.ts'
import { guardedWrites } from './guarded-writes.ts'
import { type PlugInName, plugInFault } from './plug-in-fault.ts'
import { descriptionShape, isArtifactList, modelShape, runShape, versionShape } from './record-shapes.ts'
import { flawOf, is, isBoolean, isList, isText, type Shape } from './shape.ts'
import { within } from './within.ts'

export interface GuardOptions {
  readonly plugIn: PlugInName
  /** That one page may hold, unless more were asked for. */
  readonly mostRows: number
  readonly log: Logger
}

const closeTimeoutMs = 2000

const versionsOfModelShape: Shape = { versions: isList(is(versionShape)), complete: isBoolean }

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
    models: {
      get: (names, call) =>
        guard.askBatch('models.get', call, async () => adapter.models.get(names, call), modelShape),
      list: (query, call) =>
        guard.askPage('models.list', query, call, async () => adapter.models.list(query, call), modelShape),
    },
    versions: guardedVersions(guard, adapter),
    ...(aliases && {
      aliases: {
        resolve: (keys, call) =>
          guard.askBatch('aliases.resolve', call, async () => aliases.resolve(keys, call), versionShape),
      },
    }),
    ...(runs && {
      runs: {
        get: (ids, call) => guard.askBatch('runs.get', call, async () => runs.get(ids, call), runShape),
      },
    }),
    ...(artifacts && { artifacts: guardedArtifacts(guard, artifacts) }),
    ...(writes && { writes: guardedWrites(guard, writes) }),
    ...guardedTransfers(guard, { copies, exports, imports }),
    close: () => close(adapter, options),
  }
}

async function describe(guard: Guard, adapter: Adapter, call: Call): Promise<RegistryDescription> {
  const description = await guard.ask('describe', call, async () => adapter.describe(call))
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
      guard.askBatch('versions.get', call, async () => versions.get(keys, call), versionShape),
    list: (query, call) =>
      guard.askPage('versions.list', query, call, async () => versions.list(query, call), versionShape),
    ofModels: async (names, limit, call) => {
      const ask = async () => versions.ofModels(names, limit, call)
      const outcomes = await guard.askBatch('versions.ofModels', call, ask, versionsOfModelShape)
      return outcomes.map((outcome) =>
        outcome !== null && 'versions' in outcome
          ? guard.notTooMany('versions.ofModels', outcome, outcome.versions.length, limit)
          : outcome,
      )
    },
    latest: async (names, call) => {
      const outcomes = await guard.askBatch(
        'versions.latest',
        call,
        async () => versions.latest(names, call),
        {},
      )
      return outcomes.map((outcome) =>
        outcome === null || RegistryError.is(outcome) || isVersions(outcome)
          ? outcome
          : guard.fault('gave versions.latest something that is no list of versions'),
      )
    },
  }
}

const isVersions = isList(is(versionShape))

function guardedArtifacts(guard: Guard, artifacts: ArtifactReads): ArtifactReads {
  return {
    locate: async (keys, call) => {
      const outcomes = await guard.ask(
        'artifacts.locate',
        call,
        async () => artifacts.locate(keys, call),
        Array.isArray,
      )
      return outcomes.map((outcome) =>
        outcome === null || RegistryError.is(outcome) || isText(outcome)
          ? outcome
          : guard.fault('gave artifacts.locate something that is no text'),
      )
    },
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
