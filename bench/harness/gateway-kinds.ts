import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { GatewayKind } from './gateway-process.ts'
import { type RecordedUpstream, type RegistryName, registryNames } from './recorded-upstream.ts'

const root = resolve(import.meta.dirname, '../..')

export type GatewayName =
  | 'modelgate'
  | 'modelgate-hot'
  | 'modelgate-hanging'
  | 'modelgate-2'
  | 'modelgate-50'
  | 'direct'
  | 'apollo'
  | 'apollo-in'
  | 'yoga'
  | 'mercurius'
  | 'apollo-cache'
  | 'yoga-cache'
  | 'mercurius-cache'
  | 'bare-apollo'

interface Surroundings {
  /** Where the peers are installed. */
  readonly peers: string
  readonly upstream: RecordedUpstream
  /** Where configurations may be written. */
  readonly folder: string
}

/** What one registry gets where it may hang. */
export const hangingTimeoutMs = 1000

/** Longer than any run. */
const cached = { RESPONSE_CACHE: '6000000' }

export function gatewayKinds({ peers, upstream, folder }: Surroundings): Record<GatewayName, GatewayKind> {
  const peer = (name: GatewayName, file: string, env: Record<string, string> = {}): GatewayKind => ({
    name,
    language: 'peers',
    args: [join(peers, 'servers', file)],
    env: { UP0: String(upstream.firstPort), ...env },
    // Apollo's stand-alone server answers at the root.
    path: () => (file === 'apollo.mjs' ? '/' : '/graphql'),
  })
  const modelgate = (
    name: GatewayName,
    settings: object = {},
    registrySettings: object = {},
  ): GatewayKind => {
    const file = join(folder, `${name}.yaml`)
    const database = { url: `sqlite:${join(folder, `${name}.db`)}` }
    writeFileSync(file, JSON.stringify(configuration(upstream, { ...settings, database }, registrySettings)))
    return {
      name,
      language: 'modelgate',
      args: [join(root, 'bin/modelgate.js'), 'start', '--config', file],
      portOption: '--port',
      path: () => '/graphql',
    }
  }
  return {
    modelgate: modelgate('modelgate'),
    'modelgate-hot': modelgate('modelgate-hot', { server: { answersKeptMs: 10_000 } }),
    'modelgate-hanging': modelgate('modelgate-hanging', {}, { timeoutMs: hangingTimeoutMs }),
    'modelgate-2': modelgate('modelgate-2', { registries: manyRegistries(upstream, 2) }),
    'modelgate-50': modelgate('modelgate-50', { registries: manyRegistries(upstream, 50) }),
    // It has no language: each question is an address.
    direct: {
      ...peer('direct', 'direct.mjs'),
      language: 'none',
      path: (question) => `/${question || 'graphql'}`,
    },
    apollo: peer('apollo', 'apollo.mjs'),
    'apollo-in': peer('apollo-in', 'apollo.mjs', { BATCH_IN: '1' }),
    yoga: peer('yoga', 'yoga.mjs'),
    mercurius: peer('mercurius', 'mercurius.mjs'),
    'apollo-cache': peer('apollo-cache', 'apollo.mjs', cached),
    'yoga-cache': peer('yoga-cache', 'yoga.mjs', cached),
    'bare-apollo': {
      name: 'bare-apollo',
      language: 'peers',
      args: [join(root, 'bench/harness/bare-apollo.ts')],
      path: () => '/',
    },
    'mercurius-cache': peer('mercurius-cache', 'mercurius.mjs', cached),
  }
}

/** The three recorded servers, as one would write them down; `settings` go beside. */
export function configuration(
  upstream: RecordedUpstream,
  settings: object = {},
  registrySettings: object = {},
) {
  const registries = registryNames.map((name) => ({ ...toRegistry(upstream, name), ...registrySettings }))
  return { environments: registryNames, registries, ...settings }
}

/** The recorded servers over and over. */
const manyRegistries = (upstream: RecordedUpstream, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...toRegistry(upstream, registryNames[index % registryNames.length] as RegistryName),
    name: `r${index}`,
  }))

function toRegistry(upstream: RecordedUpstream, name: RegistryName) {
  return {
    name,
    adapter: 'mlflow',
    environment: name,
    url: upstream.url(name),
    // They have no /version, as behind a proxy that passes the registry's API only.
    serverVersion: '3.17.2',
    nameOrder: 'codePoint',
    // The peers have no deadlines, and the last of 32 that ask for much at once waits for long.
    timeoutMs: 30_000,
  }
}
