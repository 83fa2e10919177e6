import { randomUUID } from 'node:crypto'
import { type Adapter, type Call, type Logger, RegistryError } from '../../contract/index.ts'
import { NothingToProbe, type ProbeState, type ProbeStep } from './probe-step.ts'
import { readSteps } from './read-steps.ts'
import { createWriteSteps } from './write-steps.ts'

export interface ProbeResult {
  readonly step: string
  readonly state: 'ok' | 'WRONG' | 'skipped'
  readonly milliseconds: number
  /** Sent to the backend for it. */
  readonly requests: number
  /** What was found, what went wrong, or why there was nothing to try. */
  readonly detail: string
}

export interface ProbeOptions {
  /** Whether it makes a model of its own and deletes it again. */
  readonly write: boolean
  readonly source: string
  readonly timeoutMs: number
  readonly log: Logger
  onResult(result: ProbeResult): void
}

/** Tries one thing after the other against a real registry. Never throws. */
export async function probeRegistry(adapter: Adapter, options: ProbeOptions): Promise<ProbeResult[]> {
  const results: ProbeResult[] = []
  const report = (result: ProbeResult) => {
    results.push(result)
    options.onResult(result)
  }
  let state: ProbeState | null = null
  const describing: ProbeStep = {
    title: 'ask what it is',
    async run(_, call) {
      const description = await adapter.describe(call)
      const { source } = options
      state = { adapter, description, source, model: null, version: null, alias: null, runId: null, made: [] }
      const { serverVersion, levels } = description
      const known = Object.entries(levels).map(([part, level]) => `${part} ${level.toLowerCase()}`)
      return [serverVersion ?? 'version unknown', ...known].join(', ')
    },
  }
  report(await tryStep(describing, {} as ProbeState, options))
  if (state === null) return results
  const name = `modelgate-probe-${randomUUID().slice(0, 8)}`
  const own = (adapter.probes ?? []).filter(({ writes }) => options.write || !writes)
  const ownSteps = own.map((probe): ProbeStep => ({ ...probe, run: (_, call) => probe.run(call) }))
  for (const step of [...readSteps, ...(options.write ? createWriteSteps(name) : []), ...ownSteps]) {
    report(await tryStep(step, state, options))
  }
  return results
}

async function tryStep(step: ProbeStep, state: ProbeState, options: ProbeOptions): Promise<ProbeResult> {
  const { call, count } = createCall(options)
  const startedAt = performance.now()
  const result = (outcome: ProbeResult['state'], detail: string): ProbeResult => ({
    step: step.title,
    state: outcome,
    milliseconds: Math.round(performance.now() - startedAt),
    requests: count(),
    detail,
  })
  try {
    return result('ok', await step.run(state, call))
  } catch (error) {
    if (error instanceof NothingToProbe) return result('skipped', error.message)
    options.log.debug({ err: error, step: step.title }, 'a step of the probe failed')
    if (RegistryError.is(error)) return result('WRONG', `${error.code}: ${error.message}`)
    return result('WRONG', error instanceof Error ? error.message : String(error))
  }
}

function createCall({ timeoutMs, log }: ProbeOptions) {
  let requests = 0
  const call: Call = {
    signal: AbortSignal.timeout(timeoutMs),
    deadline: Date.now() + timeoutMs,
    caller: null,
    log,
    countRequest: () => {
      requests++
    },
  }
  return { call, count: () => requests }
}
