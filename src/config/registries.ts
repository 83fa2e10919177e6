import { type AdapterDefinition, maskTexts } from '../contract/index.ts'
import { loadPlugIn, type PlugIn } from '../plug-ins/load-plug-in.ts'
import { within } from '../timing/within.ts'
import { suggestName } from './closest-name.ts'
import type { ConfigDocument } from './config-document.ts'
import type { ConfigProblem } from './config-error.ts'
import { registryKeys } from './gateway-schema.ts'
import { type Validation, validate } from './validation.ts'
import { maskValues, textsIn } from './value-mask.ts'
import { listOf, recordOf } from './written-values.ts'

const validateTimeoutMs = 5000

export type BuiltIns = Readonly<Record<string, AdapterDefinition>>

/** What the adapter's side of a registry came to. */
export type Connection =
  | { readonly broken: null; readonly definition: AdapterDefinition; readonly options: unknown }
  | { readonly broken: string; readonly cause: unknown }

export interface ConnectionSource {
  readonly document: ConfigDocument
  readonly directory: string
  readonly builtIns: BuiltIns
}

/** Finds the adapter of each registry and lets it check its own keys. */
export async function loadConnections(
  input: unknown,
  source: ConnectionSource,
): Promise<readonly Validation<Connection>[]> {
  const registries = listOf(recordOf(input).registries).map(recordOf)
  return Promise.all(registries.map((registry, index) => loadConnection(registry, index, source)))
}

async function loadConnection(
  registry: Record<string, unknown>,
  index: number,
  source: ConnectionSource,
): Promise<Validation<Connection>> {
  const { document, directory, builtIns } = source
  const adapter = registry.adapter
  const path = ['registries', index]
  const isKnown = typeof adapter === 'string' && !document.isUnresolved([...path, 'adapter'])
  if (!isKnown || adapter === '') return { value: null, problems: [] }
  const ownKeys = Object.fromEntries(Object.entries(registry).filter(([key]) => !(key in registryKeys)))
  const builtIn = Object.hasOwn(builtIns, adapter) ? builtIns[adapter] : undefined
  if (builtIn !== undefined) {
    const place = { document, path, otherKeys: Object.keys(registryKeys) }
    return toConnection(builtIn, await validate(builtIn.configSchema, ownKeys, place))
  }
  const plugIn = await loadPlugIn(adapter, directory)
  if (plugIn.kind === 'unknown') {
    const message = explainUnknownAdapter(adapter, Object.keys(builtIns))
    return { value: null, problems: [document.problem([...path, 'adapter'], message)] }
  }
  const strangers = findStrangers(ownKeys, index, document)
  const connection = await connectPlugIn(plugIn, ownKeys.options, index, source)
  return { value: connection.value, problems: [...strangers, ...connection.problems] }
}

function toConnection(definition: AdapterDefinition, options: Validation<unknown>): Validation<Connection> {
  if (options.problems.length > 0) return { value: null, problems: options.problems }
  return { value: { broken: null, definition, options: options.value }, problems: [] }
}

async function connectPlugIn(
  plugIn: Exclude<PlugIn, { kind: 'unknown' }>,
  options: unknown,
  index: number,
  { document }: ConnectionSource,
): Promise<Validation<Connection>> {
  if (plugIn.kind === 'broken') {
    const { message, cause } = plugIn
    const safe = maskTexts(maskValues(message, document.environmentValues), textsIn(options))
    return { value: { broken: safe, cause }, problems: [] }
  }
  const { definition } = plugIn
  const place = { document, path: ['registries', index, 'options'], isForeign: true }
  try {
    const validated = await within(
      validateTimeoutMs,
      () => validate(definition.configSchema, options ?? {}, place),
      () => new Error(`it did not finish within ${validateTimeoutMs / 1000} s`),
    )
    return toConnection(definition, validated)
  } catch (error) {
    const message = `the configSchema of ${definition.name} failed (${String(error)}); correct the plug-in, or take the registry out`
    const safe = maskTexts(maskValues(message, document.environmentValues), textsIn(options))
    return { value: { broken: safe, cause: error }, problems: [] }
  }
}

function findStrangers(
  ownKeys: Record<string, unknown>,
  index: number,
  document: ConfigDocument,
): ConfigProblem[] {
  const strangers = Object.keys(ownKeys).filter((key) => key !== 'options')
  return strangers.map((key) => {
    const suggestion = suggestName(key, [...Object.keys(registryKeys), 'options'])
    const message = `is not a key that is known here; ${suggestion.startsWith('did') ? suggestion : "a plug-in's own keys stand under options"}`
    return document.problem(['registries', index, key], message, { atKey: true })
  })
}

function explainUnknownAdapter(adapter: string, builtIns: readonly string[]): string {
  const suggestion = suggestName(adapter, builtIns)
  if (suggestion.startsWith('did')) return `there is no such adapter; ${suggestion}`
  return `there is no such adapter, and no such package is installed beside this file; write one of ${builtIns.join(', ')}, the path of a plug-in beginning with "./", or install the package`
}
