import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedPeers } from '../harness/peers-folder.ts'
import { registryNames } from '../harness/recorded-upstream.ts'

interface TagWire {
  readonly key: string
  readonly value: string
}

export interface VersionWire {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly creation_timestamp: number
  readonly run_id?: string
  readonly source: string
  readonly tags?: readonly TagWire[]
}

export interface ModelWire {
  readonly name: string
  readonly description?: string
  readonly tags?: readonly TagWire[]
  readonly aliases?: readonly { readonly alias: string; readonly version: string }[]
  readonly latest_versions?: readonly VersionWire[]
}

interface RecordedRegistry {
  readonly name: string
  /** By name. */
  readonly models: readonly ModelWire[]
  /** The newest of a model first. */
  readonly versions: readonly VersionWire[]
}

export type Recording = readonly RecordedRegistry[]

/** What the three recorded servers hold. */
export const readRecording = (): Recording =>
  registryNames.map((name) => {
    const text = readFileSync(join(sharedPeers(), `data/recorded-${name}.json`), 'utf8')
    return { name, ...(JSON.parse(text) as Omit<RecordedRegistry, 'name'>) }
  })

/** The models of all registries as one list, as modelgate orders it: by name, and then by that of the registry. */
export const mergedModels = (recording: Recording) =>
  recording
    .flatMap(({ name: registry, models }) => models.map((model) => ({ ...model, registry })))
    .sort((a, b) => compare(a.name, b.name) || compare(a.registry, b.registry))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
