import { randomUUID } from 'node:crypto'
import { type Call, RegistryError } from '../../../contract/index.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import type { Asset } from '../reads/asset.ts'
import { inParallel } from '../reads/load-each.ts'
import type { AzureRegistry } from '../registry.ts'
import { finishOperation } from '../wire/operations.ts'
import { type AssetPath, modelPath, toPath, versionPath, versionsPath } from '../wire/place.ts'
import { readObject, readText, type Wire } from '../wire/wire.ts'
import { orRefusal } from './refusal.ts'

/** The model that probes write to, so that nothing of anybody else's is touched. */
export class OwnModel {
  readonly name = `modelgate-probe-${randomUUID().slice(0, 8)}`
  readonly #registry: AzureRegistry
  /** Also those of which it is not known whether they came to be. */
  readonly #versions = new Set<string>()
  #isMade = false
  #highest = 0
  #first: Asset | RegistryError | null = null

  constructor(registry: AzureRegistry) {
    this.#registry = registry
  }

  get path(): AssetPath {
    return modelPath(this.#registry.place, this.name)
  }

  get versions(): string {
    return versionsPath(this.#registry.place, this.name)
  }

  versionPath(version: string): AssetPath {
    return versionPath(this.#registry.place, { model: this.name, version })
  }

  /** Replaces what is there; answers what it then reads as. */
  async put(path: AssetPath, properties: Wire, call: Call): Promise<Asset> {
    const { client, assets } = this.#registry
    const answer = await client.write('PUT', toPath(path), { properties }, call)
    await finishOperation(client, answer, call)
    const asset = await assets.get(path, call)
    if (asset !== null) return asset
    throw new RegistryError(
      'REGISTRY_ERROR',
      'Azure ML has taken a write, and does not have what was written.',
    )
  }

  async putModel(properties: Wire, call: Call): Promise<Asset> {
    this.#isMade = true
    return this.put(
      this.path,
      { description: 'Made by modelgate check --probe --write.', ...properties },
      call,
    )
  }

  /** One for all probes that do not need a new one; or why Azure takes none. */
  async version(call: Call): Promise<Asset | RegistryError> {
    this.#first ??= await orRefusal(this.makeVersion({}, call))
    return this.#first
  }

  async makeVersion(more: Wire, call: Call): Promise<Asset> {
    if (!this.#isMade) await this.putModel({}, call)
    const version = String(++this.#highest)
    this.#versions.add(version)
    const modelUri = more.modelUri ?? (await this.#findPlace(version, call))
    return this.put(this.versionPath(version), { modelType: 'custom_model', modelUri, ...more }, call)
  }

  async deleteVersion(version: string, call: Call): Promise<void> {
    await this.#delete(this.versionPath(version), call)
    this.#versions.delete(version)
  }

  /** @throws with what is left behind, and why. */
  async remove(call: Call): Promise<string> {
    if (!this.#isMade) return 'nothing was made'
    const count = this.#versions.size
    const outcomes = await inParallel([...this.#versions], this.#registry.connections, (version) =>
      attempt(`version ${version}`, this.deleteVersion(version, call)),
    )
    outcomes.push(await attempt('the model, not archived', this.putModel({ isArchived: true }, call)))
    const failures = outcomes.filter((outcome) => outcome !== null)
    if (failures.length > 0) {
      const words = failures.map(({ what, error }) => `${what} (${error.message})`).join(', ')
      throw new RegistryError(
        'REGISTRY_ERROR',
        `Of ${JSON.stringify(this.name)} is left behind: ${words} Delete it in the studio.`,
      )
    }
    const kept = await attempt('', this.#delete(this.path, call))
    this.#isMade = false
    this.#first = null
    const versions = `${count} ${count === 1 ? 'version is' : 'versions are'} gone`
    if (kept !== null)
      return `${versions}, ${JSON.stringify(this.name)} is archived: Azure does not delete models (${kept.error.message})`
    return `${versions}, and so is the model: Azure deletes models; the adapter does not offer it`
  }

  async #delete(path: AssetPath, call: Call): Promise<void> {
    const { client, assets } = this.#registry
    const answer = await client.write('DELETE', toPath(path), undefined, call)
    await finishOperation(client, answer, call)
    if ((await assets.get(path, call)) === null) return
    throw new RegistryError('REGISTRY_ERROR', 'Azure says that it is deleted, and it is still there.')
  }

  /** Where nobody has files that could go with a version when it is deleted. */
  async #findPlace(version: string, call: Call): Promise<string> {
    const { client, place } = this.#registry
    if (place.kind === 'workspaces') {
      return `azureml://subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}/workspaces/${place.name}/datastores/workspaceblobstore/paths/${this.name}/${version}`
    }
    const path = `${toPath(this.versionPath(version))}/startPendingUpload`
    const answer = await client.write('POST', path, { pendingUploadType: 'TemporaryBlobReference' }, call)
    return readText(readObject(await parseJsonObject(answer), 'blobReferenceForConsumption'), 'blobUri')
  }
}

async function attempt(what: string, work: Promise<unknown>) {
  try {
    await work
    return null
  } catch (error) {
    if (RegistryError.is(error)) return { what, error }
    throw error
  }
}
