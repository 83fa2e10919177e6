interface Tag {
  readonly key: string
  readonly value: string
}

interface Version {
  readonly modelName: string
  readonly version: string
  readonly description: string | null
  readonly createdAt: string
  readonly runId: string
  readonly source: string
  readonly tags: readonly Tag[]
  readonly aliases: readonly { readonly name: string }[]
}

interface Model {
  readonly name: string
  readonly description: string | null
  readonly tags: readonly Tag[]
  readonly aliases: readonly { readonly name: string; readonly versionNumber: string }[]
  readonly latestVersion: Version
  readonly versions?: { readonly nodes: readonly Version[] }
}

interface Pages {
  readonly registries: readonly {
    readonly name: string
    readonly models: { readonly nodes: readonly Model[] }
  }[]
}

type Holders = Readonly<Record<'dev' | 'staging' | 'prod', Version>>

/** The reference lists entries as the upstream stored them, modelgate sorts them. */
const storedOrder = [
  'team',
  'task',
  'tier',
  'env',
  'framework',
  'accuracy',
  'git_sha',
  'challenger',
  'champion',
]

/** From modelgate's answers to the shape in which the peers' answers are compared. */
export function toReference(answer: Pages | Holders): unknown {
  if ('registries' in answer) {
    const registries = answer.registries.map(({ name, models }) => ({
      name,
      models: models.nodes.map(toModel),
    }))
    return { registries }
  }
  return {
    registries: Object.entries(answer).map(([name, version]) => ({
      name,
      modelVersionByAlias: {
        name: version.modelName,
        version: version.version,
        source: version.source,
        runId: version.runId,
        tags: stored(version.tags, ({ key }) => key),
        aliases: version.aliases.map((alias) => alias.name),
      },
    })),
  }
}

function toModel(model: Model) {
  const aliases = stored(model.aliases, ({ name }) => name).map((alias) => ({
    alias: alias.name,
    version: alias.versionNumber,
  }))
  if (model.versions) {
    const versions = model.versions.nodes.map((version) => ({
      ...toVersion(version),
      runId: version.runId,
      source: version.source,
    }))
    return { name: model.name, aliases, versions }
  }
  const { name, description } = model
  return {
    name,
    description,
    tags: stored(model.tags, ({ key }) => key),
    aliases,
    latestVersions: [toVersion(model.latestVersion)],
  }
}

function toVersion({ version, description, createdAt, tags }: Version) {
  return {
    version,
    description,
    creationTimestamp: Date.parse(createdAt),
    tags: stored(tags, ({ key }) => key),
  }
}

function stored<T>(entries: readonly T[], name: (entry: T) => string): T[] {
  return entries.toSorted((a, b) => storedOrder.indexOf(name(a)) - storedOrder.indexOf(name(b)))
}
