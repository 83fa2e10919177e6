import type { AssetBody, ContainerRecord, VersionBody, VersionRecord } from './asset-records.ts'
import type { AzureClock } from './azure-clock.ts'
import { badArgument, serviceError } from './azure-error.ts'
import { ListIndex, type ListLag } from './list-index.ts'
import { sameModelUri, toStoredModelUri } from './model-uri.ts'
import type { Principal } from './principal.ts'

export interface WriteContext {
  by: Principal
  lag: ListLag | null
  replicatesModelUris: boolean
  omittedStage: 'cleared' | 'kept'
}

interface Model {
  container: ContainerRecord
  versions: Map<string, VersionRecord>
  listed: ListIndex<VersionRecord>
  /** Never falls, also when versions are deleted. */
  highestNumber: number
}

const validName = /^[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}$/

/** The models of one workspace or registry. Records are replaced, never changed. */
export class ModelStore {
  readonly #models = new Map<string, Model>()
  readonly #listed = new ListIndex<ContainerRecord>()
  readonly #clock: AzureClock

  constructor(clock: AzureClock) {
    this.#clock = clock
  }

  container(name: string): ContainerRecord | undefined {
    return this.#models.get(name)?.container
  }

  version(name: string, version: string): VersionRecord | undefined {
    return this.#models.get(name)?.versions.get(version)
  }

  listContainers(): ContainerRecord[] {
    return this.#listed.read()
  }

  listVersions(name: string): VersionRecord[] {
    return this.#models.get(name)?.listed.read() ?? []
  }

  /** Of a container: the version made last, and the number a client would take next. */
  numbersOf(name: string): { latestVersion: string | null; nextVersion: string } {
    const model = this.#models.get(name)
    const latest = [...(model?.versions.values() ?? [])].reduce<VersionRecord | undefined>(
      (last, version) =>
        last === undefined || version.systemData.createdAt > last.systemData.createdAt ? version : last,
      undefined,
    )
    return { latestVersion: latest?.version ?? null, nextVersion: `${(model?.highestNumber ?? 0) + 1}` }
  }

  putContainer(
    name: string,
    body: AssetBody,
    context: WriteContext,
  ): { created: boolean; record: ContainerRecord } {
    checkName(name)
    const before = this.#models.get(name)
    const container = this.#containerFrom(name, body, before?.container, context)
    if (before === undefined) this.#addModel(container)
    else before.container = container
    this.#listed.write(name, container, context.lag)
    return { created: before === undefined, record: container }
  }

  putVersion(
    name: string,
    version: string,
    body: VersionBody,
    context: WriteContext,
  ): { created: boolean; record: VersionRecord } {
    checkName(name)
    const before = this.version(name, version)
    checkModelUri(before, body)
    if (!this.#models.has(name)) this.putContainer(name, {}, context)
    const record = this.#versionFrom(name, version, body, before, context)
    this.replaceVersion(record, context.lag)
    return { created: before === undefined, record }
  }

  /** Puts a finished record in its place: what operations do when they end. */
  replaceVersion(record: VersionRecord, lag: ListLag | null): void {
    const model = this.#models.get(record.model)
    if (model === undefined) throw new Error(`no container ${record.model}`)
    model.versions.set(record.version, record)
    model.listed.write(record.version, record, lag)
    if (/^\d{1,9}$/.test(record.version))
      model.highestNumber = Math.max(model.highestNumber, Number(record.version))
  }

  replaceContainer(record: ContainerRecord, lag: ListLag | null): void {
    const model = this.#models.get(record.name)
    if (model === undefined) this.#addModel(record)
    else model.container = record
    this.#listed.write(record.name, record, lag)
  }

  deleteContainer(name: string, lag: ListLag | null): boolean {
    this.#listed.write(name, undefined, lag)
    return this.#models.delete(name)
  }

  deleteVersion(name: string, version: string, lag: ListLag | null): boolean {
    const model = this.#models.get(name)
    model?.listed.write(version, undefined, lag)
    return model?.versions.delete(version) ?? false
  }

  #addModel(container: ContainerRecord): void {
    this.#models.set(container.name, {
      container,
      versions: new Map(),
      listed: new ListIndex(),
      highestNumber: 0,
    })
  }

  #containerFrom(
    name: string,
    body: AssetBody,
    before: ContainerRecord | undefined,
    { by }: WriteContext,
  ): ContainerRecord {
    return { name, ...this.#assetFrom(body, before, by) }
  }

  #versionFrom(
    model: string,
    version: string,
    body: VersionBody,
    before: VersionRecord | undefined,
    context: WriteContext,
  ): VersionRecord {
    const stage = body.stage === undefined && context.omittedStage === 'kept' ? before?.stage : body.stage
    return {
      model,
      version,
      ...this.#assetFrom(body, before, context.by),
      isAnonymous: before?.isAnonymous ?? body.isAnonymous ?? false,
      flavors: body.flavors ?? {},
      modelType: body.modelType ?? 'custom_model',
      modelUri: before?.modelUri ?? toStoredModelUri(body.modelUri ?? '', context.replicatesModelUris),
      jobName: body.jobName ?? before?.jobName ?? null,
      stage: stage ?? null,
      originAssetId: before?.originAssetId ?? null,
    }
  }

  #assetFrom(body: AssetBody, before: ContainerRecord | VersionRecord | undefined, by: Principal) {
    const now = this.#clock.now()
    const created = before?.systemData ?? { createdAt: now, createdBy: by }
    return {
      description: body.description ?? null,
      tags: body.tags ?? {},
      properties: body.properties ?? {},
      isArchived: body.isArchived ?? false,
      provisioningState: 'Succeeded',
      systemData: {
        createdAt: created.createdAt,
        createdBy: created.createdBy,
        lastModifiedAt: now,
        lastModifiedBy: by,
      },
    }
  }
}

const checkName = (name: string): void => {
  if (!validName.test(name))
    throw badArgument(`The name '${name}' does not match ${validName.source}.`, 'InvalidAssetName')
}

const checkModelUri = (before: VersionRecord | undefined, { modelUri }: VersionBody): void => {
  if (before === undefined && !modelUri) throw badArgument('The ModelUri field is required.')
  if (before?.modelUri && modelUri && !sameModelUri(before.modelUri, modelUri))
    throw serviceError(400, 'UserError', 'Asset paths cannot be updated.', {
      inner: ['BadArgument', 'ArgumentInvalid', 'AssetPathImmutable'],
    })
}
