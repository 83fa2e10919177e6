import type { Adapter } from '../contract/index.ts'
import { createCall } from './bench/create-call.ts'
import type { Check, CheckContext } from './check.ts'
import { NotApplicable } from './check.ts'
import { messageOf } from './expectations/message-of.ts'
import { explainLack, findNeeds } from './expectations/needs.ts'
import type { Fault, FaultyBackend } from './faults/fault.ts'
import { startFaultServer } from './faults/fault-server.ts'
import { type Spoil, startSpoilingServer } from './faults/spoiling-server.ts'
import { createFixture } from './fixture/create-fixture.ts'
import type { ConformanceFixture, NotStored, SeededFixture } from './fixture/fixture.ts'
import { loadTruth } from './fixture/truth.ts'
import type { CheckResult } from './report/report.ts'
import { connectWithin, defaultTimeoutMs, within } from './within.ts'

/** To fill a backend takes hundreds of writes. */
const limitsToFill = 10

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
  /**
   * Where the backend that `seed` fills is, for adapters that speak JSON: beside {@link connectFaulty} a server of the
   * kit's own passes requests on to it and spoils one row of what it answers. Without it those checks are skipped.
   */
  readonly backendUrl?: string
  /** Passwords and tokens of the adapter's configuration, which no message, notice or record may hold. */
  readonly secrets?: readonly string[]
  /** Before every name; give a new one for each run on a server that others use. `conformance-` when left out. */
  readonly prefix?: string
  /** Checks that are known to fail, each with the reason; one that passes counts as a failure. */
  readonly deviations?: Readonly<Record<string, string>>
  /** Quick: samples where every row would be tried, for backends that take long. Full when left out. */
  readonly effort?: 'full' | 'quick'
  /** For one check, for `connect`, and for `close`; `seed` and `remove` have ten times as long. 60,000 when left out. */
  readonly timeoutMs?: number
}

/** A seeded registry and an adapter of it. */
export interface ConformanceSession {
  readonly notStored: readonly NotStored[]
  /** Never rejects: what went wrong is in the result. */
  run(check: Check): Promise<CheckResult>
  /** Closes the adapter and takes the fixture out again; both, and then rejects when either has failed. */
  close(): Promise<void>
}

/** Seeds the registry; the checks are then run one by one. {@link runChecks} does both. */
export async function openSession(options: ConformanceOptions): Promise<ConformanceSession> {
  const { timeoutMs = defaultTimeoutMs, effort = 'full', deviations = {} } = options
  const fillMs = limitsToFill * timeoutMs
  const fixture = createFixture(options.prefix ?? 'conformance-')
  const seeded = await within(fillMs, 'seed', () => options.seed(fixture))
  const { adapter, description, truth } = await openSeeded(options, seeded, timeoutMs)
  const { hidden = [] } = seeded
  const there = findNeeds(adapter, description, { ...options, hidden })

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
    const spoilBackend = async (spoil: Spoil) => {
      const { url } = await open(() => startSpoilingServer(options.backendUrl ?? '', spoil))
      return () => open(() => (options.connectFaulty ?? options.connect)({ fault: 'spoilt-row', url }))
    }
    const context: CheckContext = {
      adapter,
      description,
      truth,
      hidden,
      effort,
      call: (more) => createCall(timeoutMs, more),
      connect: () => open(options.connect),
      connectHanging: () =>
        options.connectHanging ? open(options.connectHanging) : connectFaulty('hanging'),
      connectFaulty,
      spoilBackend,
      secrets: options.secrets ?? [],
    }
    const failures = await failuresOf([
      () => within(timeoutMs, 'the check', () => check.run(context)),
      () => Promise.all(opened.map((another) => closeWithin(timeoutMs, another))),
    ])
    const [first] = failures
    if (first !== undefined) throw failures.find((failure) => !(failure instanceof NotApplicable)) ?? first
  }

  return {
    notStored: seeded.notStored,
    run: (check) => judge(check, attempt, deviations[check.id]),
    async close() {
      const failures = await failuresOf([
        () => closeWithin(timeoutMs, adapter),
        () => within(fillMs, 'remove', () => seeded.remove?.()),
      ])
      if (failures.length > 0) throw new Error(failures.map(messageOf).join('\n'))
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
    const adapter = await connectWithin(timeoutMs, connect)
    opened.push(adapter)
    const description = await within(timeoutMs, 'describe', () => adapter.describe(createCall(timeoutMs)))
    const load = () => loadTruth(stored, adapter, createCall(timeoutMs))
    return { adapter, description, truth: await within(timeoutMs, 'reading what was stored', load) }
  } catch (error) {
    await failuresOf([
      () => Promise.all(opened.map((adapter) => closeWithin(timeoutMs, adapter))),
      () => within(limitsToFill * timeoutMs, 'remove', () => remove?.()),
    ])
    throw error
  }
}

function closeWithin(timeoutMs: number, opened: { close(): Promise<void> }): Promise<void> {
  return within(timeoutMs, 'close', () => opened.close())
}

/** Takes every step, one after the other, also after one that failed. */
async function failuresOf(steps: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const failures: unknown[] = []
  for (const step of steps) {
    await step().catch((error: unknown) => failures.push(error))
  }
  return failures
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
    return { ...own, state: level === 'MUST' ? 'failed' : 'warned', reason: messageOf(error) }
  }
  if (deviation === undefined) return { ...own, state: 'passed', reason: null }
  return { ...own, state: 'mended', reason: `passes, but is listed as a deviation: ${deviation}` }
}
