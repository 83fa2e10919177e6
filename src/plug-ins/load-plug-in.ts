import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AdapterDefinition } from '../contract/index.ts'
import { within } from '../timing/within.ts'
import { lendOwnModules, withoutLending } from './lent-modules.ts'
import { locateSyntaxError } from './locate-syntax-error.ts'

export type PlugIn =
  | {
      readonly kind: 'loaded'
      readonly definition: AdapterDefinition
      /** Everything that the module exports. */
      readonly module: Readonly<Record<string, unknown>>
    }
  /** In words, with what to do; `cause` is what it threw, for the log. */
  | { readonly kind: 'broken'; readonly message: string; readonly cause: unknown }
  /** Neither a path nor a package that is installed: most likely a built-in's name with a slip in it. */
  | { readonly kind: 'unknown' }

const contractVersion = 1
const loadTimeoutMs = 10_000

/** Loads the module under `adapter:`; a path is relative to the configuration's directory. */
export async function loadPlugIn(adapter: string, directory: string): Promise<PlugIn> {
  const file = isPath(adapter) ? resolve(directory, adapter) : findPackage(adapter, directory)
  if (file === null) return { kind: 'unknown' }
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) {
    return broken(`${adapter} is not there; the path is relative to the configuration file`)
  }
  if (found.isDirectory()) return broken(`${adapter} is a folder; name the module in it`)
  lendOwnModules()
  try {
    const module = await within<Record<string, unknown>>(
      loadTimeoutMs,
      () => import(pathToFileURL(file).href),
      () => new Error(`it did not finish loading within ${loadTimeoutMs / 1000} s`),
    )
    return toPlugIn(module, adapter)
  } catch (error) {
    return broken(explainLoad(error, adapter), await locateSyntaxError(error, file))
  }
}

function isPath(adapter: string): boolean {
  return adapter.startsWith('./') || adapter.startsWith('../') || isAbsolute(adapter)
}

/** `null` when no such package is installed beside the configuration. */
function findPackage(name: string, directory: string): string | null {
  // Packages for import only have nothing under the conditions of require.
  const options = { paths: [directory], conditions: new Set(['node', 'import']) }
  try {
    const { resolve: find } = createRequire(join(directory, 'modelgate.yaml'))
    const found = withoutLending(() => find(name, options))
    return isAbsolute(found) ? found : null
  } catch {
    return null
  }
}

function toPlugIn(module: Record<string, unknown>, adapter: string): PlugIn {
  const candidates = [module.default, ...Object.values(module)].filter(looksLikeDefinition)
  const [candidate] = candidates
  if (candidate === undefined) {
    return broken(
      `${adapter} exports no adapter; export what defineAdapter({ … }) of "modelgate/adapter" returns`,
    )
  }
  if (new Set(candidates).size > 1 && !looksLikeDefinition(module.default)) {
    return broken(`${adapter} exports several adapters; make the one that is meant its default export`)
  }
  if (candidate.contractVersion !== contractVersion) {
    const version = candidate.contractVersion
    if (typeof version !== 'number') {
      return broken(
        `${adapter} exports an adapter whose contractVersion is not the number ${contractVersion}; write contractVersion: ${contractVersion}`,
      )
    }
    return broken(
      `${adapter} is made for version ${version} of the adapter contract and this gateway has version ${contractVersion}; install versions of both that belong together`,
    )
  }
  const missing = missingMembers(candidate)
  if (missing.length > 0) {
    return broken(
      `${adapter} exports an adapter without ${missing.join(', ')}; make it with defineAdapter({ … })`,
    )
  }
  return { kind: 'loaded', definition: candidate as unknown as AdapterDefinition, module }
}

function looksLikeDefinition(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && ('contractVersion' in value || 'connect' in value)
}

function missingMembers(candidate: Record<string, unknown>): string[] {
  const schema = candidate.configSchema as { '~standard'?: { validate?: unknown } } | undefined
  const members = {
    name: typeof candidate.name === 'string',
    'configSchema (a Standard Schema)': typeof schema?.['~standard']?.validate === 'function',
    'connect()': typeof candidate.connect === 'function',
  }
  return Object.entries(members).flatMap(([name, isThere]) => (isThere ? [] : [name]))
}

function broken(message: string, cause?: unknown): PlugIn {
  return { kind: 'broken', message, cause }
}

function explainLoad(error: unknown, adapter: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const [firstLine] = message.split('\n')
  return `${adapter} cannot be loaded (${name}: ${firstLine}); correct the plug-in, or take the registry out`
}
