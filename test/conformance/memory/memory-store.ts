import type { ConformanceFixture, FixtureVersion } from '../../../src/conformance/index.ts'
import {
  RegistryError,
  type RunRecord,
  type TagRecord,
  type VersionKey,
} from '../../../src/contract/index.ts'

export interface MemoryVersion extends Omit<FixtureVersion, 'version' | 'tags'> {
  description: string | null
  readonly tags: Map<string, string>
  stage: string | null
  archived: boolean
  /** Where the files are; of a copy those of the original, also when it is gone. */
  readonly place: string | null
  readonly createdAt: Date | null
  updatedAt: Date | null
}

export interface MemoryModel {
  description: string | null
  readonly tags: Map<string, string>
  /** The version that holds each. */
  readonly aliases: Map<string, string>
  readonly versions: Map<string, MemoryVersion>
  /** How many there ever were. */
  numbered: number
  /** How many of them were taken away before they were finalised. */
  discarded?: number
  readonly archived: boolean
  readonly createdAt: Date | null
  updatedAt: Date | null
}

/** A backend: what all adapters of one registry share. */
export interface MemoryStore {
  readonly models: Map<string, MemoryModel>
  /** Of the same names, and no models. */
  readonly hidden: Map<string, MemoryModel>
  readonly runs: Map<string, RunRecord>
  /** What was made for each idempotency key. */
  readonly answers: Map<string, unknown>
  /** What was asked for under it. */
  readonly wishes: Map<string, string>
  /** The files at each place, by path. */
  readonly files: Map<string, Map<string, Uint8Array>>
  readonly feed: MemoryFeed
}

/** What was found to have changed, and in which order. */
export interface MemoryFeed {
  last: number
  /** Models as they were when they got their number, also those that are gone. */
  readonly numbered: Map<
    string,
    { readonly model: MemoryModel | undefined; readonly content: string; readonly number: number }
  >
}

export function createMemoryStore(fixture: ConformanceFixture): MemoryStore {
  const runs = new Map(fixture.runs.map((run) => [run.runId, run]))
  const store: MemoryStore = {
    models: new Map(),
    hidden: new Map(),
    runs,
    answers: new Map(),
    wishes: new Map(),
    files: new Map(),
    feed: { last: 0, numbered: new Map() },
  }
  for (const {
    name,
    aliases,
    tags,
    versions,
    createdAt = null,
    updatedAt = null,
    ...rest
  } of fixture.models) {
    const model: MemoryModel = {
      ...rest,
      tags: toMap(tags),
      aliases: new Map(aliases.map((alias) => [alias.name, alias.version])),
      versions: new Map(),
      numbered: 0,
      createdAt,
      updatedAt,
    }
    store.models.set(name, model)
    for (const version of versions) addVersion(store, model, version)
  }
  return store
}

/** Gives the next number. */
export function addVersion(
  store: MemoryStore,
  model: MemoryModel,
  version: Omit<FixtureVersion, 'version'>,
): string {
  const { createdAt = null, updatedAt = null, tags, ...rest } = version
  const original = originalOf(store, version.source)
  const place = original === undefined ? version.source : original.place
  const number = String(++model.numbered)
  model.versions.set(number, { ...rest, tags: toMap(tags), place, createdAt, updatedAt })
  return number
}

export function toMap(tags: readonly TagRecord[]): Map<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]))
}

/** The version that a `models:` source names. */
export function originalOf(store: MemoryStore, source: string | null): MemoryVersion | undefined {
  const [, model, version] = /^models:\/(.*)\/([0-9]+)$/s.exec(source ?? '') ?? []
  return model === undefined || version === undefined ? undefined : theVersion(store, { model, version })
}

export function findVersion(
  { models }: MemoryStore,
  { model, version }: VersionKey,
): MemoryVersion | undefined {
  return models.get(model)?.versions.get(version)
}

/** The model that a write names. */
export function theModel({ models }: MemoryStore, name: string): MemoryModel {
  const model = models.get(name)
  if (model === undefined) throw new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
  return model
}

/** The version that a write names. */
export function theVersion(store: MemoryStore, key: VersionKey): MemoryVersion {
  const version = theModel(store, key.model).versions.get(key.version)
  if (version === undefined) throw new RegistryError('NOT_FOUND', `There is no version ${key.version}.`)
  return version
}
