import { resolve } from 'node:path'
import { toCatalogConfig, toMilliseconds } from './catalog-config.ts'
import { ConfigDocument } from './config-document.ts'
import { ConfigError } from './config-error.ts'
import { readConfigFile } from './config-file.ts'
import { checkAcross } from './cross-checks.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { type GatewayFile, gatewaySchema, type RegistryFile } from './gateway-schema.ts'
import { type BuiltIns, type Connection, loadConnections } from './registries.ts'
import { loadTls } from './tls-files.ts'
import { toAuth, toPermissions } from './to-auth-config.ts'
import { validate } from './validation.ts'

export interface LoadConfigOptions {
  /** As given by `--config`. */
  readonly file?: string | undefined
  readonly env: NodeJS.ProcessEnv
  /** Adapters by the name that stands under `adapter:`. */
  readonly builtIns: BuiltIns
  /** Where to look for `modelgate.yaml`; the working directory unless given. */
  readonly directory?: string
}

/** Throws a {@link ConfigError} that holds every problem there is. */
export async function loadConfig(options: LoadConfigOptions): Promise<GatewayConfig> {
  const { env, builtIns, directory = process.cwd() } = options
  const file = await readConfigFile(options.file, env, directory)
  const document = new ConfigDocument(file.text, file.label, env)
  if (document.value === null) throw new ConfigError(document.problems)
  const input = withDefaults(document.value)
  const gateway = await validate(gatewaySchema, input, { document, path: [] })
  const connections = await loadConnections(input, { document, directory: file.directory, builtIns })
  const tls = await loadTls(gateway.value?.server.tls, file.directory, document)
  const problems = [
    ...document.problems,
    ...gateway.problems,
    ...connections.flatMap((connection) => connection.problems),
    ...checkAcross(input, document),
    ...tls.problems,
  ]
  if (problems.length > 0 || gateway.value === null) throw new ConfigError(problems)
  const { registries = [], catalog, ...rest } = gateway.value
  return {
    ...rest,
    file: file.path,
    server: { ...rest.server, publicUrl: rest.server.publicUrl ?? null, tls: tls.value },
    auth: toAuth(rest.auth, document),
    permissions: toPermissions(rest.permissions, document),
    registries: registries.map((registry, index) =>
      toRegistry(registry, catalog, connections[index]?.value ?? null),
    ),
    keepEventsMs: toMilliseconds(catalog === false ? '400d' : catalog.keepEvents),
    database: { url: toAbsoluteUrl(rest.database.url, file.directory) },
    environmentValues: document.environmentValues,
  }
}

/** What the checks across the file need to see; every other default stands in the schema. */
function withDefaults(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const file = withoutAnchors(value)
  const environments: unknown = file.environments ?? gatewaySchema.shape.environments.parse(undefined)
  if (file.registries !== undefined || !Array.isArray(environments)) return { ...file, environments }
  const registries = environments.map((name) => ({ name, adapter: 'local', environment: name }))
  return { ...file, environments, registries }
}

/** Keys `x-…` stand for themselves: a place for what the file's own aliases repeat. */
function withoutAnchors(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')))
}

function toRegistry(registry: RegistryFile, catalog: GatewayFile['catalog'], connection: Connection | null) {
  if (connection === null) throw new Error(`registry ${registry.name} was not connected`)
  const { name, adapter, environment = null, readOnly, timeoutMs, maxConcurrency, circuit } = registry
  const own = { name, adapter, environment, readOnly, timeoutMs, maxConcurrency, circuit }
  return { ...own, catalog: toCatalogConfig(catalog, registry.catalog), ...connection }
}

/** The same file means the same database wherever the command is run. */
function toAbsoluteUrl(url: GatewayFile['database']['url'], directory: string): string {
  if (!url.startsWith('sqlite:')) return url
  const path = url.slice('sqlite:'.length).replace(/^\/\//, '')
  return path === ':memory:' ? url : `sqlite:${resolve(directory, path)}`
}
