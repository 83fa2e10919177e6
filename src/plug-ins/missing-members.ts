import { type PlugInName, plugInFault } from './plug-in-fault.ts'

type Members = Readonly<Record<string, readonly string[]>>

/** By facet; the adapter's own methods stand under ''. */
const mandatory: Members = {
  '': ['describe', 'health', 'close'],
  models: ['get', 'list'],
  versions: ['get', 'list', 'ofModels', 'latest'],
}

/** A facet may be missing, and is whole when it is there. */
const optional: Members = {
  aliases: ['resolve'],
  runs: ['get'],
  artifacts: ['locate', 'list'],
  copies: ['copy'],
  exports: ['files', 'read'],
  imports: ['begin'],
  writes: [],
}

const inWrites = {
  mandatory: {
    models: ['create'],
    versions: ['create'],
  },
  optional: { aliases: ['set', 'delete'], stages: ['transition'] },
}

/** @throws RegistryError for what connect() gave and is no adapter. */
export function assertAdapter(adapter: unknown, plugIn: PlugInName): void {
  const missing = missingMembers(adapter)
  if (missing.length === 0) return
  throw plugInFault(
    plugIn,
    `gave from connect() an adapter without ${missing.join(', ')}; implement it, or leave out the whole facet`,
  )
}

/** What a plug-in gave that is no adapter lacks, such as `versions.latest()`. */
function missingMembers(adapter: unknown): string[] {
  if (!isObject(adapter)) return ['describe() or any other member']
  return [
    ...missingOf(adapter, '', mandatory, optional),
    ...(isObject(adapter.writes)
      ? [
          ...missingOf(adapter.writes, 'writes.', inWrites.mandatory, inWrites.optional),
          ...halvesOf(adapter.writes),
        ]
      : []),
  ]
}

function missingOf(owner: Record<string, unknown>, prefix: string, must: Members, may: Members): string[] {
  const facets = [
    ...Object.entries(must),
    ...Object.entries(may).filter(([name]) => owner[name] !== undefined),
  ]
  return facets.flatMap(([name, methods]) => {
    const facet = name === '' ? owner : owner[name]
    const path = name === '' ? prefix : `${prefix}${name}.`
    if (!isObject(facet))
      return methods.length === 0 ? [`${prefix}${name}`] : methods.map((one) => `${path}${one}()`)
    return methods.filter((one) => typeof facet[one] !== 'function').map((one) => `${path}${one}()`)
  })
}

/** Tags that can be set can be deleted, and the other way round. */
function halvesOf(writes: Record<string, unknown>): string[] {
  return ['models', 'versions'].flatMap((name) => {
    const facet = writes[name]
    if (!isObject(facet)) return []
    const pair = ['setTags', 'deleteTags']
    const missing = pair.filter((one) => typeof facet[one] !== 'function')
    return pair.some((one) => facet[one] !== undefined) ? missing.map((one) => `writes.${name}.${one}()`) : []
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
