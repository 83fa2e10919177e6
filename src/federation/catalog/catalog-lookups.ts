import {
  type AliasKey,
  type Outcome,
  RegistryError,
  type VersionKey,
  type VersionPlace,
} from '../../contract/index.ts'
import type { KeptRecords } from '../../stores/kept-records.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import { takeInModel, takeInRun, takeInVersion } from '../registry/intake.ts'
import type { LoadableReads } from '../registry/registry-loaders.ts'
import type { FederatedVersionsOfModel } from '../registry/registry-reads.ts'
import type { RegistrySession } from '../session/registry-session.ts'

/** What is asked of the catalog by keys, taken in. Runs that it does not keep, and places of files, are asked live. */
export class CatalogLookups implements LoadableReads {
  readonly #live: RegistrySession
  readonly #records: KeptRecords
  readonly #part: () => Promise<RegistryPart>
  readonly #keepsRuns: boolean

  constructor(
    live: RegistrySession,
    records: KeptRecords,
    { part, keepsRuns }: { readonly part: () => Promise<RegistryPart>; readonly keepsRuns: boolean },
  ) {
    this.#live = live
    this.#records = records
    this.#part = part
    this.#keepsRuns = keepsRuns
  }

  async models(names: readonly string[]): Promise<readonly Outcome<FederatedModel>[]> {
    const found = await this.#records.models(await this.#part(), names)
    return each(found, (record) => takeInModel(this.#live.name, record, 'INDEXED'))
  }

  async versions(keys: readonly VersionKey[]): Promise<readonly Outcome<FederatedVersion>[]> {
    const found = await this.#records.versions(await this.#part(), keys)
    return each(found, (record) => takeInVersion(this.#live.name, record, 'INDEXED'))
  }

  async versionsOfModels(
    names: readonly string[],
    limit: number,
  ): Promise<readonly Outcome<FederatedVersionsOfModel>[]> {
    const found = await this.#records.versionsOfModels(await this.#part(), names, limit)
    return each(found, ({ versions, complete }) => ({
      versions: versions.map((record) => takeInVersion(this.#live.name, record, 'INDEXED')),
      complete,
    }))
  }

  async latestVersions(names: readonly string[]): Promise<readonly Outcome<readonly FederatedVersion[]>[]> {
    const found = await this.#records.latestVersions(await this.#part(), names)
    return each(found, (list) => list.map((record) => takeInVersion(this.#live.name, record, 'INDEXED')))
  }

  async holdersOfAliases(keys: readonly AliasKey[]): Promise<readonly Outcome<FederatedVersion>[]> {
    const found = await this.#records.holdersOfAliases(await this.#part(), keys)
    return each(found, (record) => takeInVersion(this.#live.name, record, 'INDEXED'))
  }

  async copiesOf(origins: readonly VersionPlace[], limit: number): Promise<FederatedVersionsOfModel[]> {
    const found = await this.#records.copiesOf(await this.#part(), origins, limit)
    return found.map(({ versions, complete }) => ({
      versions: versions.map((record) => takeInVersion(this.#live.name, record, 'INDEXED')),
      complete,
    }))
  }

  async runs(runIds: readonly string[]): Promise<readonly Outcome<FederatedRun>[]> {
    if (!this.#keepsRuns) return this.#live.reads.runs(runIds)
    const found = await this.#records.runs(await this.#part(), runIds)
    return each(found, (record) => takeInRun(this.#live.name, record, 'INDEXED'))
  }

  artifactLocations(keys: readonly VersionKey[]): Promise<readonly Outcome<string>[]> {
    return this.#live.reads.artifactLocations(keys)
  }
}

function each<Given, Taken>(
  outcomes: readonly Outcome<Given>[],
  takeIn: (given: Given) => Taken,
): Outcome<Taken>[] {
  return outcomes.map((outcome) => {
    if (outcome === null) return null
    return RegistryError.is(outcome) ? (outcome as RegistryError) : takeIn(outcome as Given)
  })
}
