import { randomUUID } from 'node:crypto'
import { findSecrets } from '../config/secret-mask.ts'
import { type ConformanceOptions, type RunOptions, seedByWrites } from '../conformance/index.ts'
import { connectWithin, defaultTimeoutMs, within } from '../conformance/within.ts'
import type { Logger } from '../contract/index.ts'
import type { RegistryConnector } from './command-tools.ts'
import type { ConformanceSubject } from './conformance-subject.ts'
import { pickChecks } from './picked-checks.ts'
import { UsageError } from './usage-error.ts'

interface Asked {
  readonly only?: readonly string[]
  readonly effort?: 'quick' | 'full'
  /** In seconds. */
  readonly timeout?: number
}

interface ConnectTools {
  readonly connector: RegistryConnector
  readonly log: Logger
}

/** What the adapter's module says of its conformance comes first, then what can be done for any adapter. */
export async function createRunOptions(
  subject: ConformanceSubject,
  { only, effort, timeout }: Asked,
  tools: ConnectTools,
) {
  const askedMs = timeout === undefined ? undefined : timeout * 1000
  const own = await within(askedMs ?? defaultTimeoutMs, 'the export "conformance"', () =>
    loadOwn(subject, tools),
  )
  const timeoutMs = askedMs ?? own.timeoutMs ?? defaultTimeoutMs
  const connect = own.connect ?? (() => tools.connector.connect(subject.registry))
  const seed = own.seed ?? (await chooseSeed(connect, subject.registry.adapter, timeoutMs))
  let left: string | null = null
  const prefix = own.prefix ?? `conformance-${randomUUID().slice(0, 8)}-`
  const secrets = findSecrets(subject.registry.options)
  const options: RunOptions & { readonly timeoutMs: number } = {
    secrets,
    ...atOtherUrls(subject, tools),
    ...own,
    connect,
    prefix,
    timeoutMs,
    ...(effort === undefined ? {} : { effort }),
    ...(only === undefined ? {} : { only }),
    async seed(fixture) {
      const { remove, ...seeded } = await seed(fixture)
      left = `What was stored is still there; its names begin with ${prefix}`
      if (remove === undefined) return seeded
      const takeOut = async () => {
        left = await failureOf(remove(), left)
      }
      return { ...seeded, remove: takeOut }
    },
  }
  pickChecks(options)
  return { runOptions: options, wayBack: () => left }
}

/** Most adapters that speak HTTP have the address of their backend as `url` in their options. */
function atOtherUrls(
  { registry }: ConformanceSubject,
  { connector }: ConnectTools,
): Pick<ConformanceOptions, 'connectFaulty' | 'backendUrl'> {
  const { options } = registry
  const isHttp = hasUrl(options) && /^https?:\/\//.test(options.url)
  if (!isHttp) return {}
  return {
    backendUrl: options.url,
    connectFaulty: ({ url }) => connector.connect({ ...registry, options: { ...options, url } }),
  }
}

function hasUrl(options: unknown): options is { readonly url: string } {
  return (
    options !== null && typeof options === 'object' && 'url' in options && typeof options.url === 'string'
  )
}

async function failureOf(work: Promise<void>, what: string | null): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => `${what}: ${error instanceof Error ? error.message : error}`,
  )
}

async function loadOwn(
  { own, registry }: ConformanceSubject,
  { log }: ConnectTools,
): Promise<Partial<ConformanceOptions>> {
  const given: unknown =
    typeof own === 'function' ? await own(registry.options, { registry: registry.name, log }) : (own ?? {})
  if (given !== null && typeof given === 'object') return given
  throw new UsageError(
    `${registry.adapter} exports a "conformance" that is neither an object nor a function that answers one; see docs/conformance.md`,
  )
}

async function chooseSeed(
  connect: ConformanceOptions['connect'],
  adapter: string,
  timeoutMs: number,
): Promise<ConformanceOptions['seed']> {
  const probe = await connectWithin(timeoutMs, connect)
  // What is wrong with it is for the checks to find.
  await within(timeoutMs, 'close', () => probe.close()).catch(() => null)
  if (probe.writes !== undefined) return seedByWrites(connect, { timeoutMs })
  throw new UsageError(
    `${adapter} has no writes, so the kit cannot fill its backend by itself. Export from the same module what can:\n\n  export const conformance = { seed: async (fixture) => ({ stored: …, notStored: […] }) }\n\nSee docs/conformance.md.`,
  )
}
