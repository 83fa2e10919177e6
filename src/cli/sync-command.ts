import type { GatewayConfig } from '../config/index.ts'
import { loadConfig } from '../config/index.ts'
import { printable } from '../config/printable.ts'
import type { SyncContext } from '../federation/catalog/catalog.ts'
import type { CatalogSettings } from '../federation/catalog/catalog-settings.ts'
import { type PassOutcome, syncOnce } from '../federation/catalog/sync-pass.ts'
import { survivePlugIns } from '../plug-ins/survive-plug-ins.ts'
import { breakOffOnSignal } from './break-off.ts'
import type { CommandTools } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { openOrExplain } from './open-or-explain.ts'
import { createSyncProgress, type ShowSync } from './sync-progress.ts'
import { toTable } from './text-table.ts'
import { toJson } from './to-json.ts'
import { UsageError } from './usage-error.ts'

export interface SyncOptions {
  readonly config?: string
  readonly registry?: string
  readonly full: boolean
  readonly logLevel: string
  readonly json: boolean
}

interface Synced {
  readonly registry: string
  readonly outcome: PassOutcome
  readonly seconds: number
  readonly models: number
  readonly versions: number
}

/** However long another process takes that is at it. */
const longestWaitMs = 24 * 3_600_000

/** Reads registries into the catalog, also beside a running gateway, which has what was read in its next answer. */
export async function sync(options: SyncOptions, tools: CommandTools): Promise<ExitCode> {
  const { env, directory, builtIns, stdout, stderr } = tools
  const { log, hideSecretsOf } = openLog(options.logLevel, stderr)
  survivePlugIns(log)
  const config = await loadConfig({ file: options.config, env, directory, builtIns })
  hideSecretsOf(config)
  const opened = await openOrExplain(config, options, tools, log)
  if (opened === null) return exitCode.failure
  const progress = createSyncProgress(stderr, options.json)
  const breakOff = breakOffOnSignal(
    stderr,
    () => {
      progress.clear()
      return 'Breaking off: what was read is kept, and the next sync goes on from there. Once more to stop at once.\n'
    },
    () => 'Stopped at once. The next sync goes on from where this one was.\n',
  )
  try {
    await opened.upkeep.adoptIfNone()
    await opened.upkeep.settle()
    const context = { federation: opened.federation, catalog: opened.catalog }
    const chosen = chooseRegistries(config, context, options.registry)
    const synced = await Promise.all(
      chosen.map(([name, settings]) =>
        syncOne(context, name, settings, {
          full: options.full,
          signal: breakOff.signal,
          show: progress.show,
        }),
      ),
    )
    progress.clear()
    stdout.write(options.json ? toJson({ registries: synced.map(factsOf) }) : toText(synced))
    return synced.every(({ outcome }) => outcome.problem === null) ? exitCode.ok : exitCode.failure
  } catch (error) {
    progress.clear()
    if (breakOff.code !== null) return breakOff.code
    throw error
  } finally {
    await opened.close()
    breakOff.end()
  }
}

function chooseRegistries(
  { registries }: GatewayConfig,
  { catalog: { settings } }: SyncContext,
  wanted: string | undefined,
): (readonly [string, CatalogSettings])[] {
  if (wanted === undefined) return [...settings]
  const own = settings.get(wanted)
  if (own !== undefined) return [[wanted, own]]
  const names = registries.map(({ name }) => name)
  throw new UsageError(
    names.includes(wanted)
      ? `The configuration leaves "${wanted}" out of the catalog; give it the keys of \`catalog\`, or true.`
      : `There is no registry "${wanted}". Configured: ${names.join(', ')}.`,
  )
}

async function syncOne(
  context: SyncContext,
  registry: string,
  settings: CatalogSettings,
  { full, signal, show }: { readonly full: boolean; readonly signal: AbortSignal; readonly show: ShowSync },
): Promise<Synced> {
  const { store } = context.catalog
  const before = (await store.states()).get(registry)
  const expected = before ? await store.reads.counts(before.id) : { models: 0, versions: 0 }
  const startedAt = performance.now()
  const outcome = await syncOnce(context, registry, settings, {
    fullSince: full ? Date.now() : null,
    waitMs: longestWaitMs,
    signal,
    onProgress: (progress) => show(progress, expected),
  })
  const state = (await store.states()).get(registry)
  const counts = state ? await store.reads.counts(state.id) : { models: 0, versions: 0 }
  return { registry, outcome, seconds: (performance.now() - startedAt) / 1000, ...counts }
}

function toText(synced: readonly Synced[]): string {
  if (synced.length === 0) return 'The configuration leaves every registry out of the catalog.\n'
  const rows = synced.map(({ registry, outcome, models, versions, seconds }) => [
    registry,
    wordsOf(outcome),
    String(models),
    String(versions),
    String(outcome.requests),
    seconds.toFixed(1),
  ])
  return `${toTable([['registry', 'was', 'models', 'versions', 'requests', 'seconds'], ...rows])}${problemsOf(synced)}`
}

function wordsOf({ kind }: PassOutcome): string {
  if (kind === 'swept') return 'read whole'
  if (kind === 'checked') return 'brought up to date'
  return kind === 'failed' ? 'not read' : 'left to another process'
}

function problemsOf(synced: readonly Synced[]): string {
  return synced
    .flatMap(({ registry, outcome: { problem } }) =>
      problem ? [`${problem.code}: ${registry}: ${printable(problem.message)}\n`] : [],
    )
    .join('')
}

function factsOf({ registry, outcome, models, versions, seconds }: Synced): object {
  const { kind, problem, requests } = outcome
  const milliseconds = Math.round(seconds * 1000)
  return { registry, ok: problem === null, was: kind, models, versions, requests, milliseconds, problem }
}
