import type { Adapter } from '../contract/index.ts'
import type { Check, CheckContext } from './check.ts'
import { NotApplicable } from './check.ts'
import { createCall } from './create-call.ts'
import { createFixture } from './create-fixture.ts'
import type { Fault, FaultyBackend } from './faults/fault.ts'
import { startFaultServer } from './faults/fault-server.ts'
import type { ConformanceFixture, NotStored, SeededFixture } from './fixture.ts'
import { explainLack, findNeeds } from './needs.ts'
import type { CheckResult } from './report.ts'
import { loadTruth } from './truth.ts'

/** What the author of an adapter gives. */
export interface ConformanceOptions {
  /** A new adapter of the registry that `seed` fills. */
  connect(): Promise<Adapter> | Adapter
  /** Loads the fixture into the backend; called once, before the first check. */
  seed(fixture: ConformanceFixture): Promise<SeededFixture> | SeededFixture
  /**
   * A new adapter whose backend takes requests and never answers. Without it {@link connectFaulty} is asked for one,
   * and without both those checks are skipped.
   */
  connectHanging?(): Promise<Adapter> | Adapter
  /**
   * For adapters that speak HTTP: a new one whose backend is at that URL, where a server of the kit's own fails in
   * one way after the other. Without it those checks are skipped.
   */
  connectFaulty?(backend: FaultyBackend): Promise<Adapter> | Adapter
  /** Passwords and tokens of the adapter's configuration, which no message, notice or record may hold. */
  readonly secrets?: readonly string[]
  /** Before every name; give a new one for each run on a server that others use. `conformance-` when left out. */
  readonly prefix?: string
  /** Checks that are known to fail, each with the reason; one that passes counts as a failure. */
  readonly deviations?: Readonly<Record<string, string>>
  /** Quick: samples where every row would be tried, for backends that take long. Full when left out. */
  readonly effort?: 'full' | 'quick'
  /** For one check. 60,000 when left out. */
  readonly timeoutMs?: number
}

/** A seeded registry and an adapter of it. */
export interface ConformanceSession {
  readonly notStored: readonly NotStored[]
  /** Never rejects: what went wrong is in the result. */
  run(check: Check): Promise<CheckResult>
  /** Closes the adapter and takes the fixture out again. */
  close(): Promise<void>
}

/** Seeds the registry; the checks are then run one by one. {@link runChecks} does both. */
export async function openSession(options: ConformanceOptions): Promise<ConformanceSession> {
  const { timeoutMs = 60_000, effort = 'full', deviations = {} } = options
  const seeded = await options.seed(createFixture(options.prefix ?? 'conformance-'))
  const { adapter, description, truth } = await openSeeded(options, seeded, timeoutMs)
  const there = findNeeds(adapter, description, options)

  async function attempt(check: Check): Promise<void> {
    const lacks = check.needs.find((name) => !there[name])
    if (lacks !== undefined) throw new NotApplicable(explainLack(lacks))
    const opened: { close(): Promise<void> }[] = []
    const open = async <T extends { close(): Promise<void> }>(connect: () => Promise<T> | T) => {
      const another = await connect()
      opened.push(another)
      return another
    }
    const connectFaulty = async (fault: Fault) => {
      const backend = await open(() => startFaultServer(fault))
      return open(() => (options.connectFaulty ?? options.connect)(backend))
    }
    const context: CheckContext = {
      adapter,
      description,
      truth,
      effort,
      call: (more) => createCall(timeoutMs, more),
      connect: () => open(options.connect),
      connectHanging: () =>
        options.connectHanging ? open(options.connectHanging) : connectFaulty('hanging'),
      connectFaulty,
      secrets: options.secrets ?? [],
    }
    try {
      await within(timeoutMs, check.run(context))
    } finally {
      await Promise.all(opened.map((another) => another.close()))
    }
  }

  return {
    notStored: seeded.notStored,
    run: (check) => judge(check, attempt, deviations[check.id]),
    async close() {
      await adapter.close()
      await seeded.remove?.()
    },
  }
}

/** What cannot be begun is taken out again. */
async function openSeeded(
  { connect }: ConformanceOptions,
  { stored, remove }: SeededFixture,
  timeoutMs: number,
) {
  const opened: Adapter[] = []
  try {
    const adapter = await connect()
    opened.push(adapter)
    const description = await adapter.describe(createCall(timeoutMs))
    return { adapter, description, truth: await loadTruth(stored, adapter, createCall(timeoutMs)) }
  } catch (error) {
    await Promise.allSettled([...opened.map((adapter) => adapter.close()), remove?.()])
    throw error
  }
}

async function judge(
  check: Check,
  attempt: (check: Check) => Promise<void>,
  deviation: string | undefined,
): Promise<CheckResult> {
  const { id, level, title, why, source } = check
  const start = performance.now()
  const error: unknown = await attempt(check).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const own = { id, level, title, why, source, milliseconds: Math.round(performance.now() - start) }
  if (error instanceof NotApplicable) return { ...own, state: 'skipped', reason: error.message }
  if (error !== null) {
    if (deviation !== undefined) return { ...own, state: 'deviates', reason: deviation }
    return { ...own, state: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
  if (deviation === undefined) return { ...own, state: 'passed', reason: null }
  return { ...own, state: 'mended', reason: `passes, but is listed as a deviation: ${deviation}` }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`has not finished after ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
