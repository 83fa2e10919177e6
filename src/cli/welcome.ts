import type { GatewayConfig } from '../config/index.ts'
import type { CommandTools, RunningGateway } from './command-tools.ts'
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

/** Says where the gateway is, how its registries are, and what to ask it. */
export async function announce(
  gateway: RunningGateway,
  config: GatewayConfig,
  { json }: { readonly json: boolean },
  { version, stdout }: CommandTools,
): Promise<void> {
  const { url } = gateway
  const base = config.server.publicUrl ?? url
  const endpoint = `${base.replace(/\/+$/, '')}/graphql`
  if (!json)
    stdout.write(
      `modelgate ${version} is ready: ${endpoint} (GraphiQL: ${endpoint.replace(/graphql$/, '')})\n`,
    )
  const registries = await loadStates(gateway, config, json ? patienceOfScriptsMs : longestWaitMs(config))
  stdout.write(
    json
      ? `${escapeAll(JSON.stringify({ url, endpoint, registries }))}\n`
      : toText(endpoint, registries, config.auth !== null),
  )
}

function longestWaitMs({ registries }: GatewayConfig): number {
  return Math.max(...registries.map(({ timeoutMs }) => timeoutMs)) + 1000
}

async function loadStates(
  gateway: RunningGateway,
  { registries }: GatewayConfig,
  withinMs: number,
): Promise<RegistryState[]> {
  const states = await gateway.registryStates(withinMs)
  return registries.map(({ name, adapter, environment, broken }) => {
    const known = states.get(name)
    if (broken !== null) return { name, adapter, environment, state: 'BROKEN', message: broken }
    return { name, adapter, environment, state: known?.state ?? 'UNKNOWN', message: known?.message ?? null }
  })
}

function toText(endpoint: string, registries: readonly RegistryState[], isGuarded: boolean): string {
  const rows = registries.map(({ name, adapter, environment, state, message }) => [
    name,
    adapter,
    environment ?? 'by name',
    message === null ? state : `${state}: ${message}`,
  ])
  const body = JSON.stringify({ query: sampleQuery })
  // As a shell fills it in.
  const token = isGuarded ? ' -H "authorization: Bearer $MODELGATE_TOKEN"' : ''
  return `
${toTable([['REGISTRY', 'ADAPTER', 'ENVIRONMENT', 'STATE'], ...rows])}
Try it:
  curl -s ${endpoint} -H 'content-type: application/json'${token} -d '${body}'
`
}
