import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { json as readJson } from 'node:stream/consumers'
import type { GatewayConfig } from '../config/index.ts'
import type { CommandTools } from './command-tools.ts'
import { toTable } from './text-table.ts'
import { escapeAll } from './to-json.ts'

/** They wait for the line that says where it listens; a registry that hangs must not keep it back. */
const patienceOfScriptsMs = 200

interface RegistryState {
  readonly name: string
  readonly adapter: string
  readonly environment: string | null
  readonly state: string
  readonly message: string | null
}

const sampleQuery =
  '{ models(first: 5) { nodes { name registry { name } latestVersion { version } } complete } }'
const stateQuery = '{ registries { name health { state message } } }'

/** Says where the gateway is, how its registries are, and what to ask it. */
export async function announce(
  url: string,
  config: GatewayConfig,
  { json }: { readonly json: boolean },
  { version, stdout }: CommandTools,
): Promise<void> {
  const endpoint = new URL('/graphql', url).href
  if (!json)
    stdout.write(`modelgate ${version} is ready: ${endpoint} (GraphiQL: ${new URL('/', url).href})\n`)
  const registries = await loadStates(endpoint, config, json ? patienceOfScriptsMs : longestWaitMs(config))
  stdout.write(
    json ? `${escapeAll(JSON.stringify({ url, endpoint, registries }))}\n` : toText(endpoint, registries),
  )
}

function longestWaitMs({ registries }: GatewayConfig): number {
  return Math.max(...registries.map(({ timeoutMs }) => timeoutMs)) + 1000
}

/** As any client would see them: asked of the gateway itself. */
async function loadStates(
  endpoint: string,
  { registries }: GatewayConfig,
  timeoutMs: number,
): Promise<RegistryState[]> {
  const health = await askHealth(endpoint, timeoutMs)
  return registries.map(({ name, adapter, environment, broken }) => {
    const known = health.get(name)
    if (broken !== null) return { name, adapter, environment, state: 'BROKEN', message: broken }
    return { name, adapter, environment, state: known?.state ?? 'UNKNOWN', message: known?.message ?? null }
  })
}

interface HealthAnswer {
  readonly data?: {
    readonly registries?: readonly {
      readonly name: string
      readonly health: { readonly state: string; readonly message: string | null } | null
    }[]
  }
}

type Health = ReadonlyMap<string, { readonly state: string; readonly message: string | null } | null>

async function askHealth(endpoint: string, timeoutMs: number): Promise<Health> {
  try {
    const { data } = (await askItself(endpoint, AbortSignal.timeout(timeoutMs))) as HealthAnswer
    return new Map(data?.registries?.map(({ name, health }) => [name, health]))
  } catch {
    // The gateway is up all the same; the table then says UNKNOWN.
    return new Map()
  }
}

/** Not by `fetch()`, which takes more memory than the answer is worth. */
async function askItself(endpoint: string, signal: AbortSignal): Promise<unknown> {
  const asking = request(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
    signal,
  })
  asking.end(JSON.stringify({ query: stateQuery }))
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return readJson(response)
}

function toText(endpoint: string, registries: readonly RegistryState[]): string {
  const rows = registries.map(({ name, adapter, environment, state, message }) => [
    name,
    adapter,
    environment ?? 'by name',
    message === null ? state : `${state}: ${message}`,
  ])
  const body = JSON.stringify({ query: sampleQuery })
  return `
${toTable([['REGISTRY', 'ADAPTER', 'ENVIRONMENT', 'STATE'], ...rows])}
Try it:
  curl -s ${endpoint} -H 'content-type: application/json' -d '${body}'
`
}
