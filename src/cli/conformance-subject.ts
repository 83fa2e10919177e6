import { statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import * as z from 'zod'
import { suggestName } from '../config/closest-name.ts'
import { ConfigDocument } from '../config/config-document.ts'
import { readConfigFile } from '../config/config-file.ts'
import { gatewaySchema, registryKeys } from '../config/gateway-schema.ts'
import { ConfigError, type GatewayConfig, loadConfig, type RegistryConfig } from '../config/index.ts'
import { validate } from '../config/validation.ts'
import type { AdapterDefinition } from '../contract/index.ts'
import { loadPlugIn } from '../plug-ins/load-plug-in.ts'
import type { CommandTools } from './command-tools.ts'
import { UsageError } from './usage-error.ts'

/** A registry that checks are run on. */
export interface ConformanceSubject {
  readonly registry: RegistryConfig
  readonly config: GatewayConfig
  /** What the adapter's module exports as `conformance`. */
  readonly own: unknown
}

interface SubjectOptions {
  readonly config?: string
  readonly registry?: string
}

type Place = Pick<CommandTools, 'env' | 'directory' | 'builtIns'>

/** @throws UsageError, ConfigError */
export function loadSubject(
  adapter: string | undefined,
  options: SubjectOptions,
  tools: Place,
): Promise<ConformanceSubject> {
  const { registry } = options
  if (registry !== undefined && adapter === undefined) return loadRegistry(registry, options, tools)
  if (adapter !== undefined && registry === undefined) return loadAdapter(adapter, options, tools)
  throw new UsageError('Name either an adapter (a path, a package, or a built-in one) or a --registry NAME.')
}

async function loadRegistry(
  name: string,
  { config: file }: SubjectOptions,
  { env, directory, builtIns }: Place,
): Promise<ConformanceSubject> {
  const config = await loadConfig({ file, env, directory, builtIns })
  const registry = config.registries.find((one) => one.name === name)
  if (registry === undefined) {
    const suggestion = suggestName(
      name,
      config.registries.map((one) => one.name),
    )
    throw new UsageError(`There is no registry "${name}" in the configuration; ${suggestion}`)
  }
  if (registry.broken !== null) throw new UsageError(registry.broken)
  if (registry.readOnly)
    throw new UsageError(
      `The registry "${name}" is readOnly in the configuration, and the checks write to it; name one that may be written to.`,
    )
  if (Object.hasOwn(builtIns, registry.adapter)) return { registry, config, own: undefined }
  const plugIn = await loadPlugIn(registry.adapter, config.file === null ? directory : dirname(config.file))
  return { registry, config, own: plugIn.kind === 'loaded' ? plugIn.module.conformance : undefined }
}

async function loadAdapter(
  adapter: string,
  { config: file }: SubjectOptions,
  tools: Place,
): Promise<ConformanceSubject> {
  const { definition, own } = await findAdapter(adapter, tools)
  const { options, environmentValues } = await loadOptions(definition, file, tools)
  const { registries: _, catalog: ___, ...keys } = gatewaySchema.parse({})
  const server = { ...keys.server, publicUrl: null, tls: null }
  const defaults = {
    ...keys,
    server,
    auth: null,
    permissions: { ...keys.permissions, grants: [] },
    keepEventsMs: 0,
  }
  const { catalog: __, ...ownKeys } = registryKeys
  const settings = z.object(ownKeys).parse({ name: 'conformance', adapter })
  const alone = { environment: null, catalog: null, broken: null } as const
  const registry: RegistryConfig = { ...settings, ...alone, definition, options }
  const database = { url: 'sqlite::memory:' }
  const config = { ...defaults, file: null, registries: [registry], database, environmentValues }
  return { registry, config, own }
}

async function findAdapter(
  adapter: string,
  { directory, builtIns }: Place,
): Promise<{ readonly definition: AdapterDefinition; readonly own: unknown }> {
  const builtIn = Object.hasOwn(builtIns, adapter) ? builtIns[adapter] : undefined
  if (builtIn !== undefined) return { definition: builtIn, own: undefined }
  // A shell completes paths without "./" in front.
  const file = resolve(directory, adapter)
  const found = statSync(file, { throwIfNoEntry: false })
  const isPath = isAbsolute(adapter) || /^\.\.?\//.test(adapter)
  if (found === undefined && isPath) throw new UsageError(`There is no file ${file}.`)
  const isFile = found?.isFile() ?? false
  const plugIn = await loadPlugIn(isFile ? file : adapter, directory)
  if (plugIn.kind === 'broken') throw new UsageError(plugIn.message)
  if (plugIn.kind === 'loaded') return { definition: plugIn.definition, own: plugIn.module.conformance }
  const names = Object.keys(builtIns).join(', ')
  throw new UsageError(
    `There is no file and no installed package "${adapter}" here, and no built-in adapter of that name (${names}).`,
  )
}

/** The file holds the adapter's own options and nothing else. */
async function loadOptions(
  definition: AdapterDefinition,
  file: string | undefined,
  { env, directory }: Place,
): Promise<Pick<GatewayConfig, 'environmentValues'> & { readonly options: unknown }> {
  const read = file === undefined ? { text: '', label: '' } : await readConfigFile(file, env, directory)
  const document = new ConfigDocument(read.text, read.label, env)
  if (document.value === null) throw new ConfigError(document.problems)
  const checked = await validate(definition.configSchema, document.value, { document, path: [] })
  const problems = [...document.problems, ...checked.problems]
  if (problems.length > 0 && file !== undefined) throw new ConfigError(problems)
  if (problems.length > 0) {
    const lines = problems.map(({ key, message }) => `\n  ${key === '' ? '' : `${key}: `}${message}`)
    throw new UsageError(
      `The adapter needs options; write them to a YAML or JSON file and name it by --config.${lines.join('')}`,
    )
  }
  return { options: checked.value, environmentValues: document.environmentValues }
}
