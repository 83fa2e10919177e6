import { randomUUID } from 'node:crypto'
import { allChecks, type ConformanceOptions, type RunOptions, seedByWrites } from '../conformance/index.ts'
import { chooseChecks } from '../conformance/run-checks.ts'
import type { Logger } from '../contract/index.ts'
import type { RegistryConnector } from './command-tools.ts'
import type { ConformanceSubject } from './conformance-subject.ts'
import { findSecrets } from './secret-mask.ts'
import { UsageError } from './usage-error.ts'

interface Asked {
  readonly only?: readonly string[]
  readonly effort?: 'quick' | 'full'
}

interface ConnectTools {
  readonly connector: RegistryConnector
  readonly log: Logger
}

/** What the adapter's module says of its conformance comes first, then what can be done for any adapter. */
export async function createRunOptions(
  subject: ConformanceSubject,
  { only, effort }: Asked,
  tools: ConnectTools,
) {
  const own = await loadOwn(subject, tools)
  const connect = own.connect ?? (() => tools.connector.connect(subject.registry))
  const seed = own.seed ?? (await chooseSeed(connect, subject.registry.adapter))
  let left: string | null = null
  const prefix = own.prefix ?? `conformance-${randomUUID().slice(0, 8)}-`
  const secrets = findSecrets(subject.registry.options)
  const options: RunOptions = {
    secrets,
    ...atOtherUrls(subject, tools),
    ...own,
    connect,
    prefix,
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
  assertKnown(options)
  return { runOptions: options, wayBack: () => left }
}

/** Most adapters that speak HTTP have the address of their backend as `url` in their options. */
function atOtherUrls(
  { registry }: ConformanceSubject,
  { connector }: ConnectTools,
): Pick<ConformanceOptions, 'connectFaulty'> {
  const { options } = registry
  const isHttp = hasUrl(options) && /^https?:\/\//.test(options.url)
  if (!isHttp) return {}
  return {
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
): Promise<ConformanceOptions['seed']> {
  const probe = await connect()
  await probe.close()
  if (probe.writes !== undefined) return seedByWrites(connect)
  throw new UsageError(
    `${adapter} has no writes, so the kit cannot fill its backend by itself. Export from the same module what can:\n\n  export const conformance = { seed: async (fixture) => ({ stored: …, notStored: […] }) }\n\nSee docs/conformance.md.`,
  )
}

function assertKnown(options: RunOptions): void {
  try {
    if (chooseChecks(options).length > 0) return
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : error}; see modelgate conformance --list`,
    )
  }
  throw new UsageError(`None of the ${allChecks.length} checks was chosen.`)
}
