import type { Look, SyncRight, SyncStore } from '../../src/stores/sync-store.ts'
import { cpuMs, residentMb } from '../harness/process-usage.ts'
import type { FleetRegistry } from './fleet.ts'
import { createProgressBar } from './progress-bar.ts'

/** As a sweep asks for them. */
const rowsAtOnce = 1000
const runsAtOnce = 200

type Phase = 'models' | 'versions' | 'runs' | 'words'

export interface Filled {
  readonly rows: Readonly<Record<Phase, number>>
  /** What each phase took. */
  readonly seconds: Readonly<Record<Phase, number>>
  /** Of this process, its threads included. */
  readonly cpuSeconds: number
  /** The most that this process had. */
  readonly residentMb: number
}

/** Puts a fleet into an empty catalog, page by page, by what a sweep of each registry would call. */
export async function fillFleet(
  store: SyncStore,
  registries: readonly FleetRegistry[],
  { runs }: { readonly runs: boolean },
): Promise<Filled> {
  const rows = { models: 0, versions: 0, runs: 0, words: 0 }
  const seconds = { models: 0, versions: 0, runs: 0, words: 0 }
  const total = registries.reduce((sum, { models }) => sum + models * (runs ? 21 : 11), 0)
  const bar = createProgressBar('filling the catalog', total)
  const cpuBefore = cpuMs(process.pid)
  let most = 0
  const timed: Timed = async (phase, count, work) => {
    const startedAt = performance.now()
    const done = await work
    seconds[phase] += (performance.now() - startedAt) / 1000
    rows[phase] += count
    most = Math.max(most, residentMb(process.pid))
    bar.add(count)
    return done
  }
  for (const registry of registries) {
    const { id } = await store.begin(registry.name, 'fleet')
    const right = { id, registry: registry.name, syncer: 'fleet' }
    const { startedAt } = await store.startSweep(right, { feed: null, watermark: null })
    await fillRegistry(store, right, registry, runs, timed)
    while ((await timed('words', 0, store.takeWords(right))) !== null);
    await store.finishSweep(right, { startedAt, touch: 0 })
  }
  bar.end()
  return { rows, seconds, cpuSeconds: (cpuMs(process.pid) - cpuBefore) / 1000, residentMb: most }
}

type Timed = <T>(phase: Phase, count: number, work: Promise<T>) => Promise<T>

async function fillRegistry(
  store: SyncStore,
  right: SyncRight,
  registry: FleetRegistry,
  withRuns: boolean,
  timed: Timed,
): Promise<void> {
  const look: Look = await store.look(right.id)
  const byName = namesInOrder(registry)
  for (const some of inParts(byName, rowsAtOnce)) {
    const records = some.map((model) => registry.model(model))
    const place = { name: records.at(-1)?.name ?? '', version: null }
    await timed('models', some.length, store.takeModels(right, look, records, { phase: 'models', place }))
  }
  for (const some of inParts(versionsOf(registry, byName), rowsAtOnce)) {
    const records = some.map(([model, version]) => registry.version(model, version))
    const last = records.at(-1)
    const place = { name: last?.modelName ?? '', version: last?.version ?? null }
    await timed(
      'versions',
      some.length,
      store.takeVersions(right, look, records, { phase: 'versions', place }),
    )
  }
  if (!withRuns) return
  for (const some of inParts(runsInOrder(registry, byName), runsAtOnce)) {
    const found = some.map(([model, version]) => {
      const outcome = registry.run(model, version)
      return { runId: outcome.runId, outcome }
    })
    const place = { name: found.at(-1)?.runId ?? '', version: null }
    await timed('runs', some.length, store.takeRuns(right, look, found, { phase: 'runs', place }))
  }
}

type VersionPlace = readonly [model: number, version: number]

/** All names of the vocabulary are plain, so that code units are in the order of code points. */
export function namesInOrder(registry: FleetRegistry): number[] {
  const named = Array.from(
    { length: registry.models },
    (_, model) => [registry.nameOf(model), model] as const,
  )
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model)
}

export function* versionsOf(registry: FleetRegistry, models: readonly number[]): Generator<VersionPlace> {
  for (const model of models) {
    for (let version = 1; version <= registry.versionCount(model); version++) yield [model, version]
  }
}

function runsInOrder(registry: FleetRegistry, models: readonly number[]): VersionPlace[] {
  const identified = [...versionsOf(registry, models)].map(
    ([model, version]) => [registry.runIdOf(model, version), [model, version] as const] as const,
  )
  return identified.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)
}

function* inParts<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = []
  for (const each of all) {
    part.push(each)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}
