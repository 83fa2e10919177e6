import { registryNames } from '../harness/recorded-upstream.ts'
import { canonical } from './canonical.ts'
import type { Question, Variant } from './question.ts'
import { type ModelWire, type Recording, readRecording, type VersionWire } from './recording.ts'

export const version = 'version description createdAt tags { key value }'
export const model = `name description tags { key value } aliases { name versionNumber } latestVersion { ${version} }`
export const peersVersion = 'version description creationTimestamp tags { key value }'
export const peersModel = `name description tags { key value } aliases { alias version } latestVersions { ${peersVersion} }`

const toVersion = ({ version, description, creation_timestamp, tags }: VersionWire) => ({
  version,
  description,
  creationTimestamp: creation_timestamp,
  tags: tags ?? [],
})
export const toModel = ({ name, description, tags, aliases, latest_versions }: ModelWire) => ({
  name,
  description,
  tags: tags ?? [],
  aliases: aliases ?? [],
  latestVersions: (latest_versions ?? []).map(toVersion),
})
export const inEach = (recording: Recording, answer: (registry: Recording[number]) => object) =>
  canonical({ registries: recording.map((registry) => ({ name: registry.name, ...answer(registry) })) })

/** 50 rows at first and in the mean. */
export const sizes = [
  50,
  ...Array.from({ length: 49 }, (_, index) => 26 + index).filter((size) => size !== 50),
]
const sized = (rows: (registry: Recording[number], first: number) => object): [Variant, ...Variant[]] =>
  sizes.map((first) => ({
    modelgate: { first },
    peers: { first },
    expected: (recording: Recording) => inEach(recording, (registry) => rows(registry, first)),
  })) as unknown as [Variant, ...Variant[]]

/** A page of models from each registry with tags, aliases and latest versions. */
const q1: Question = {
  name: 'q1',
  modelgate: `query Page($first: Int!) { registries { name models(first: $first) { nodes { ${model} } } } }`,
  peers: `query Page($first: Int!) { registries { name models(first: $first) { ${peersModel} } } }`,
  variants: sized(({ models }, first) => ({ models: models.slice(0, first).map(toModel) })),
}

/** The same models with all their versions. */
const q2: Question = {
  name: 'q2',
  modelgate: `query Versions($first: Int!) { registries { name models(first: $first) { nodes { name
    aliases { name versionNumber }
    versions(first: 50) { nodes { version description createdAt runId source tags { key value } } } } } } }`,
  peers: `query Versions($first: Int!) { registries { name models(first: $first) { name aliases { alias version }
    versions { version description creationTimestamp runId source tags { key value } } } } }`,
  variants: sized(({ models, versions }, first) => ({
    models: models.slice(0, first).map(({ name, aliases }) => ({
      name,
      aliases: aliases ?? [],
      versions: versions
        .filter((one) => one.name === name)
        .map((one) => ({ ...toVersion(one), runId: one.run_id, source: one.source })),
    })),
  })),
}

/** All 200 names of the recording, which are the same in each registry; the direct client asks for this one. */
const resolved = 'fraud-classification-0000'
export const names = [
  resolved,
  ...(readRecording()[0]?.models ?? []).flatMap(({ name }) => (name === resolved ? [] : [name])),
]

/** What `models:/name@champion` means in each registry. */
const q3: Question = {
  name: 'q3',
  modelgate: `query Resolve($uri: String!) { ${registryNames
    .map(
      (name) =>
        `${name}: resolveModelUri(registry: "${name}", uri: $uri) { modelName version source runId tags { key value } aliases { name } }`,
    )
    .join(' ')} }`,
  peers: `query Resolve($name: String!) { registries { name modelVersionByAlias(name: $name, alias: "champion") {
    name version source runId tags { key value } aliases } } }`,
  variants: names.map((name) => ({
    modelgate: { uri: `models:/${name}@champion` },
    peers: { name },
    expected: (recording: Recording) =>
      inEach(recording, ({ models, versions }) => {
        const { aliases = [] } = models.find((one) => one.name === name) as ModelWire
        const number = aliases.find(({ alias }) => alias === 'champion')?.version
        const found = versions.find((one) => one.name === name && one.version === number) as VersionWire
        return {
          modelVersionByAlias: {
            name,
            version: number,
            source: found.source,
            runId: found.run_id,
            tags: found.tags ?? [],
            aliases: aliases.flatMap(({ alias, version }) => (version === number ? [alias] : [])),
          },
        }
      }),
  })) as unknown as [Variant, ...Variant[]],
}

/** The direct client asks for the first of each. */
const teams = ['fraud', 'ads', 'growth', 'nlp', 'ops', 'risk', 'search', 'vision']
const tiers = ['0', '1', '2']

/** Models by two tags in each registry. */
const q4: Question = {
  name: 'q4',
  modelgate: `query ByTag($team: String!, $tier: String!, $first: Int!) { registries { name models(first: $first, where: { and: [
    { tag: { key: "team", value: { eq: $team } } }, { tag: { key: "tier", value: { eq: $tier } } }] }) { nodes { ${model} } } } }`,
  peers: `query ByTag($filter: String!, $first: Int!) { registries { name models(first: $first, filter: $filter) { ${peersModel} } } }`,
  variants: [50, 49].flatMap((first) =>
    teams.flatMap((team) =>
      tiers.map((tier) => ({
        modelgate: { team, tier, first },
        peers: { filter: `tags.team='${team}' AND tags.tier='${tier}'`, first },
        expected: (recording: Recording) =>
          inEach(recording, ({ models }) => ({
            models: models.filter((one) => has(one, 'team', team) && has(one, 'tier', tier)).map(toModel),
          })),
      })),
    ),
  ) as unknown as [Variant, ...Variant[]],
}

const has = ({ tags = [] }: ModelWire, key: string, value: string) =>
  tags.some((tag) => tag.key === key && tag.value === value)

export const theFour = { q1, q2, q3, q4 }
