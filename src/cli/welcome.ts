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
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: stateQuery }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const { data } = (await response.json()) as HealthAnswer
    return new Map(data?.registries?.map(({ name, health }) => [name, health]))
  } catch {
    // The gateway is up all the same; the table then says UNKNOWN.
    return new Map()
  }
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
