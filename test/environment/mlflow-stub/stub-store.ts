export interface StubVersion {
  version: number
  stage: string
  source: string
  runId: string
  description: string
  tags: Map<string, string>
  createdAt: number
  updatedAt: number
}

export interface StubModel {
  name: string
  description: string
  tags: Map<string, string>
  aliases: Map<string, number>
  versions: Map<number, StubVersion>
  lastVersion: number
  createdAt: number
  updatedAt: number
}

export interface StubRun {
  runId: string
  experimentId: string
  params: Map<string, string>
  metrics: Map<string, number>
  tags: Map<string, string>
}

interface VersionInput {
  stage?: string
  source?: string
  runId?: string
  description?: string
  tags?: Record<string, string>
}

interface ModelInput {
  description?: string
  tags?: Record<string, string>
  aliases?: Record<string, number>
  versions?: VersionInput[]
}

/** What a stubbed MLflow holds; a test changes it directly, also while pages are being read. */
export class StubStore {
  readonly models = new Map<string, StubModel>()
  readonly runs = new Map<string, StubRun>()
  readonly #clock: (() => number) | undefined
  #time = 1_700_000_000_000

  constructor(clock?: () => number) {
    this.#clock = clock
  }

  addModel(name: string, input: ModelInput = {}): StubModel {
    const now = this.#now()
    const model: StubModel = {
      name,
      description: input.description ?? '',
      tags: new Map(Object.entries(input.tags ?? {})),
      aliases: new Map(Object.entries(input.aliases ?? {})),
      versions: new Map(),
      lastVersion: 0,
      createdAt: now,
      updatedAt: now,
    }
    this.models.set(name, model)
    for (const version of input.versions ?? []) this.addVersion(name, version)
    return model
  }

  addVersion(name: string, input: VersionInput = {}): StubVersion {
    const model = this.#model(name)
    const now = this.#now()
    model.lastVersion += 1
    model.updatedAt = now
    const version: StubVersion = {
      version: model.lastVersion,
      stage: input.stage ?? 'None',
      source: input.source ?? `s3://stub/${name}/${model.lastVersion}`,
      runId: input.runId ?? '',
      description: input.description ?? '',
      tags: new Map(Object.entries(input.tags ?? {})),
      createdAt: now,
      updatedAt: now,
    }
    model.versions.set(version.version, version)
    return version
  }

  renameModel(name: string, newName: string): void {
    const model = this.#model(name)
    if (this.models.has(newName)) throw new Error(`there is a model ${newName} already`)
    this.models.delete(name)
    model.name = newName
    model.updatedAt = this.#now()
    for (const version of model.versions.values()) version.updatedAt = model.updatedAt
    this.models.set(newName, model)
  }

  deleteModel(name: string): void {
    this.#model(name)
    this.models.delete(name)
  }

  deleteVersion(name: string, version: number): void {
    const model = this.#model(name)
    model.versions.delete(version)
    model.updatedAt = this.#now()
    for (const [alias, target] of model.aliases) if (target === version) model.aliases.delete(alias)
  }

  /** As MLflow: moving an alias moves no time. */
  setAlias(name: string, alias: string, version: number): void {
    this.#model(name).aliases.set(alias, version)
  }

  addRun(run: Partial<StubRun> & { runId: string }): StubRun {
    const whole: StubRun = {
      experimentId: '0',
      params: new Map(),
      metrics: new Map(),
      tags: new Map(),
      ...run,
    }
    this.runs.set(run.runId, whole)
    return whole
  }

  #model(name: string): StubModel {
    const model = this.models.get(name)
    if (model === undefined) throw new Error(`there is no model ${name}`)
    return model
  }

  /** Without a clock every write has a time of its own, so that an order by time is never decided by luck. */
  #now(): number {
    if (this.#clock) return this.#clock()
    this.#time += 1
    return this.#time
  }
}
