import { setTimeout as wait } from 'node:timers/promises'
import type { GrantConfig } from '../config/auth-config.ts'
import type { BrokenRegistryConfig, GatewayConfig, RegistryConfig } from '../config/index.ts'
import { createMask } from '../config/secret-mask.ts'
import {
  type Adapter,
  type Call,
  type Logger,
  type RegistryDescription,
  RegistryError,
} from '../contract/index.ts'
import type { IdleGrants } from '../federation/permissions/idle-grants.ts'
import { facetsOf } from '../federation/registry/facets.ts'
import { levelsOf, type RegistryLevels } from '../federation/session/registry-state.ts'
import { missingCapabilities } from '../plug-ins/declared-capabilities.ts'
import { adviseOn } from './advice.ts'
import type { RegistryConnector } from './command-tools.ts'

export interface RegistryCheck {
  readonly registry: string
  readonly adapter: string
  readonly environment: string | null
  readonly ok: boolean
  readonly serverVersion: string | null
  /** Of one health request over a connection that is open already. */
  readonly latencyMs: number | null
  readonly capabilities: CheckedCapabilities | null
  readonly notices: readonly string[]
  readonly problem: CheckProblem | null
}

export type CheckedCapabilities = Pick<
  RegistryLevels,
  'aliases' | 'stages' | 'runs' | 'artifacts' | 'writes' | 'copyModelVersion' | 'compareAndSet'
>

export interface CheckProblem {
  /** An `ErrorCode` of the schema, or what is wrong before a registry can be asked. */
  readonly code: string
  readonly message: string
  readonly advice: string
}

type Findings = Pick<RegistryCheck, 'serverVersion' | 'latencyMs' | 'capabilities' | 'notices'>

const closeTimeoutMs = 1000

/** Connects to one registry, asks what it is and whether it is well. Never throws. */
export async function checkRegistry(
  registry: RegistryConfig | BrokenRegistryConfig,
  config: GatewayConfig,
  connector: RegistryConnector,
  log: Logger,
  grants: IdleGrants<GrantConfig>,
): Promise<RegistryCheck> {
  const { name, adapter, environment } = registry
  const found: { -readonly [Key in keyof Findings]: Findings[Key] } = {
    serverVersion: null,
    latencyMs: null,
    capabilities: null,
    notices: [],
  }
  const mask = createMask(registry, config.environmentValues)
  let problem: CheckProblem | null = null
  if (registry.broken !== null) {
    log.error({ registry: name, adapter, err: registry.cause }, 'loading a plug-in failed')
    problem = { code: 'PLUG_IN', message: registry.broken, advice: '' }
  } else {
    try {
      await examine(registry, { connector, grants, log }, (finding) => Object.assign(found, finding))
    } catch (error) {
      problem = toProblem(error, registry)
    }
  }
  return {
    registry: name,
    adapter,
    environment,
    ok: problem === null,
    ...found,
    notices: found.notices.map(mask),
    problem: problem && { ...problem, message: mask(problem.message), advice: mask(problem.advice) },
  }
}

async function examine(
  registry: RegistryConfig,
  {
    connector,
    grants,
    log,
  }: {
    readonly connector: RegistryConnector
    readonly grants: IdleGrants<GrantConfig>
    readonly log: Logger
  },
  report: (finding: Partial<Findings>) => void,
): Promise<void> {
  const call = createCall(registry.timeoutMs, log)
  const adapter = await within(call, registry, connector.connect(registry))
  try {
    const description = await within(call, registry, adapter.describe(call)).catch((error: unknown) => {
      if (!isForCallers(adapter, error)) throw error
      report({ notices: [error.message] })
      return null
    })
    if (description !== null) {
      report({ serverVersion: description.serverVersion })
      assertCapabilities(adapter, description)
    }
    const asked = performance.now()
    await within(call, registry, adapter.health(call))
    const latencyMs = Math.round(performance.now() - asked)
    if (description === null) return report({ latencyMs })
    // What a registry that is not well seems to be able to do is a guess.
    const capabilities = toCapabilities(adapter, registry, description)
    report({ latencyMs, capabilities, notices: description.notices })
    await lookForGranted(registry, adapter, grants, log)
  } finally {
    await Promise.race([adapter.close(), wait(closeTimeoutMs, null, { ref: false })])
  }
}

/** A registry whose models cannot be read now may be well all the same. */
async function lookForGranted(
  registry: RegistryConfig,
  adapter: Adapter,
  grants: IdleGrants<GrantConfig>,
  log: Logger,
): Promise<void> {
  const call = createCall(registry.timeoutMs, log)
  const query = { filter: null, after: null, includeArchived: true, limit: 1000 }
  const order = [{ field: 'name', direction: 'asc' }] as const
  const looking = grants.lookIn(registry.name, async (from) => {
    call.signal.throwIfAborted()
    const { items, continuation } = await adapter.models.list({ ...query, order, continuation: from }, call)
    return { names: items.map(({ name }) => name), continuation }
  })
  await within(call, registry, looking).catch((error: unknown) =>
    log.debug(
      { registry: registry.name, err: error },
      'whether there are models for all grants is not known',
    ),
  )
}

/** Whether a registry tells what it is to callers alone; it is well when it answers at all. */
function isForCallers({ perCaller }: Adapter, error: unknown): error is RegistryError {
  return perCaller === true && RegistryError.is(error) && error.code === 'UNSUPPORTED'
}

/** The gateway asks nothing of a plug-in that declares what it does not have. */
function assertCapabilities(adapter: Adapter, description: RegistryDescription): void {
  const missing = missingCapabilities(adapter, description)
  if (missing.length === 0) return
  throw new RegistryError('REGISTRY_ERROR', `It declares what it does not have: ${missing.join('; ')}.`)
}

function createCall(timeoutMs: number, log: Logger): Call {
  return {
    signal: AbortSignal.timeout(timeoutMs),
    deadline: Date.now() + timeoutMs,
    caller: null,
    log,
    countRequest() {},
  }
}

/** An adapter that overlooks its signal must not hold up the others. */
async function within<Value>(
  { signal }: Call,
  { timeoutMs }: RegistryConfig,
  work: Promise<Value>,
): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const onAbort = () =>
    reject(new RegistryError('REGISTRY_TIMEOUT', `The registry did not answer within ${timeoutMs} ms.`))
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    return await Promise.race([work, late])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function toCapabilities(
  adapter: Adapter,
  { readOnly }: RegistryConfig,
  description: RegistryDescription,
): CheckedCapabilities {
  const levels = levelsOf(facetsOf(adapter, readOnly), description)
  const { aliases, stages, runs, artifacts, writes, copyModelVersion, compareAndSet } = levels
  return { aliases, stages, runs, artifacts, writes, copyModelVersion, compareAndSet }
}

function toProblem(error: unknown, registry: RegistryConfig): CheckProblem {
  if (RegistryError.is(error)) {
    return { code: error.code, message: error.message, advice: adviseOn(error, registry) }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL_SERVER_ERROR', message, advice: 'Run it again with --log-level debug for more.' }
}
