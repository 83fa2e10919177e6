import type { ModelOrder } from '../../contract/index.ts'
import type { SweepPhase, SweepPlace, SweepState } from '../../stores/registry-state.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import { byModelAndVersion } from '../records/row-order.ts'
import { askForUnseenModels, askForUnseenVersions } from './ask-for-unseen.ts'
import { startOfFeed } from './changes.ts'
import { givenModel, givenVersion } from './given-records.ts'
import { readAll, type WholeList } from './read-all.ts'
import { type RegistrySync, readRuns } from './registry-sync.ts'
import { latestUpdate } from './watermark.ts'

const byName: readonly ModelOrder[] = [{ field: 'name', direction: 'asc' }]

const phases: readonly SweepPhase[] = ['models', 'versions', 'gone', 'runs']

/**
 * Reads the whole registry. One that was broken off goes on where it was. Nothing is taken for gone because a list does
 * not show it: lists move under whoever reads them. The registry is asked for it by name, and has to say so.
 */
export async function sweep(sync: RegistrySync, underWay: SweepState | null): Promise<void> {
  const { catalog, right } = sync
  const { touch } = await catalog.store.look(right.id)
  const state = underWay ?? (await begin(sync))
  for (const phase of phases.slice(phases.indexOf(state.phase))) {
    const place = phase === state.phase ? state.place : null
    await parts[phase](sync, place, state)
  }
  await takeWords(sync)
  await catalog.store.finishSweep(right, { startedAt: state.startedAt, touch })
}

async function begin(sync: RegistrySync): Promise<SweepState> {
  const feed = await startOfFeed(sync)
  const watermark = feed === null ? await latestUpdate(sync) : null
  return sync.catalog.store.startSweep(sync.right, { feed, watermark })
}

/** Before anybody searches the registry. Each step notes for itself how far it is. */
async function takeWords({ catalog, right, signal, giveWay, onProgress }: RegistrySync): Promise<void> {
  for (let taken = 0; ; ) {
    await giveWay?.()
    signal.throwIfAborted()
    const some = await catalog.store.takeWords(right)
    if (some === null) return
    taken += some
    onProgress({ registry: right.registry, phase: 'words', taken })
  }
}

type Part = (sync: RegistrySync, place: SweepPlace | null, state: SweepState) => Promise<void>

const parts: Readonly<Record<SweepPhase, Part>> = {
  models: (sync, place, { taken }) => readAll(sync, models, { from: place, before: taken }),

  versions: (sync, place, { taken }) => readAll(sync, versions, { from: place, before: taken }),

  gone: async (sync, _, { startedAt }) => {
    await sync.catalog.store.takeModels(sync.right, { at: startedAt, touch: 0 }, [], {
      phase: 'gone',
      place: null,
    })
    await askForUnseenModels(sync, startedAt)
    await askForUnseenVersions(sync, startedAt)
  },

  runs: (sync, place, { startedAt }) =>
    readRuns(sync, { since: startedAt, unfinished: false, after: place?.name ?? '' }),
}

const models: WholeList<FederatedModel> = {
  phase: 'models',
  list: (registry, wish) =>
    registry.listModels({ filter: null, order: byName, includeArchived: true, ...wish }),
  placeOf: ({ name }) => ({ name, version: null }),
  take: ({ catalog, right }, look, rows, step) =>
    catalog.store.takeModels(right, look, rows.map(givenModel), step),
}

const versions: WholeList<FederatedVersion> = {
  phase: 'versions',
  list: (registry, wish) =>
    registry.listVersions({ filter: null, order: byModelAndVersion, includeArchived: true, ...wish }),
  placeOf: ({ modelName: name, version }) => ({ name, version }),
  take: ({ catalog, right }, look, rows, step) =>
    catalog.store.takeVersions(right, look, rows.map(givenVersion), step),
}
