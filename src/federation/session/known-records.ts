import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { RegistryLoaders } from '../registry/registry-loaders.ts'

/** What a request has read of a registry by its keys, or by lists, and need not read again until somebody writes. */
export class KnownRecords {
  readonly #makeLoaders: () => RegistryLoaders
  readonly #models = new Map<string, FederatedModel>()
  /** What lists brought since somebody last asked for one by its name, which most requests never do. */
  #broughtModels: FederatedModel[] = []
  #broughtVersions: FederatedVersion[] = []
  #loaders: RegistryLoaders
  #generation = 0

  constructor(makeLoaders: () => RegistryLoaders) {
    this.#makeLoaders = makeLoaders
    this.#loaders = makeLoaders()
  }

  /** Another one each time that it is forgotten. */
  get generation(): number {
    return this.#generation
  }

  /** For what lists do not bring. */
  get loaders(): RegistryLoaders {
    return this.#loaders
  }

  /** The loaders, which know by then what lists have brought. */
  get informed(): RegistryLoaders {
    this.#takeInBrought()
    return this.#loaders
  }

  /** One that lists brought. */
  model(name: string): FederatedModel | undefined {
    this.#takeInBrought()
    return this.#models.get(name)
  }

  /** Of a version, by its model, which is read where no list has brought it. */
  async aliasesOf(
    { modelName, version }: FederatedVersion,
    read: (name: string) => Promise<FederatedModel | null>,
  ): Promise<readonly string[]> {
    const model = this.model(modelName) ?? (await read(modelName))
    return (model?.aliases ?? []).filter((alias) => alias.version === version).map(({ name }) => name)
  }

  bring(model: FederatedModel): void {
    this.#broughtModels.push(model)
  }

  bringVersion(version: FederatedVersion): void {
    this.#broughtVersions.push(version)
  }

  forget(): void {
    this.#generation++
    this.#broughtModels = []
    this.#broughtVersions = []
    this.#models.clear()
    this.#loaders = this.#makeLoaders()
  }

  #takeInBrought(): void {
    if (this.#broughtModels.length === 0 && this.#broughtVersions.length === 0) return
    const { models, versions } = this.#loaders
    const primeVersion = (version: FederatedVersion) =>
      versions.prime({ model: version.modelName, version: version.version }, version)
    for (const model of this.#broughtModels.splice(0)) {
      this.#models.set(model.name, model)
      models.prime(model.name, model)
      model.latestVersions?.forEach(primeVersion)
    }
    this.#broughtVersions.splice(0).forEach(primeVersion)
  }
}
