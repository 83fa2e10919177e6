import { toNodeId } from '../../src/federation/records/node-id.ts'
import { registryNames } from '../harness/recorded-upstream.ts'
import { canonical } from './canonical.ts'
import type { Question, Variant } from './question.ts'
import { mergedModels, type Recording } from './recording.ts'
import { model, names, peersModel, peersVersion, sizes, toModel, version } from './the-four.ts'

type Variants = Question['variants']

const same = (all: readonly Record<string, unknown>[]) =>
  all.map((variables) => ({ modelgate: variables, peers: variables })) as unknown as Variants
const sized = same(sizes.map((first) => ({ first })))
const tasks = ['classification', 'embedding', 'generation', 'ranking', 'regression']
const teams = ['ads', 'fraud', 'growth', 'nlp', 'ops', 'risk', 'search', 'vision']

/** Models with all their versions, and all that either has. */
const deep: Question = {
  name: 'deep',
  modelgate: `query Deep($first: Int!) { registries { name models(first: $first) { nodes { ${model}
    versions(first: 50) { nodes { modelName ${version} source runId } } } } } }`,
  peers: `query Deep($first: Int!) { registries { name models(first: $first) { ${peersModel}
    versions { name ${peersVersion} source runId } } } }`,
  variants: same(Array.from({ length: 40 }, (_, index) => ({ first: 5 + index }))),
}

/** Three lists of each registry under names of the client's. */
const aliased: Question = {
  name: 'aliased',
  modelgate: `query Aliased($first: Int!, $more: Int!) { registries { title: name
    few: models(first: $first) { nodes { key: name about: description } }
    many: models(first: $more) { nodes { ${model} } } } }`,
  peers: `query Aliased($first: Int!, $more: Int!) { registries { title: name
    few: models(first: $first) { key: name about: description }
    many: models(first: $more) { ${peersModel} } } }`,
  variants: same(sizes.map((first) => ({ first, more: first - 20 }))),
}

/** Fragments in fragments, with fields that variables switch on and off. */
const fragments: Question = {
  name: 'fragments',
  modelgate: `query Page($first: Int!, $tags: Boolean!) { registries { name models(first: $first) { nodes { ...Row } } } }
    fragment Row on Model { ...Head aliases @skip(if: $tags) { name versionNumber } latestVersion { ...Version } }
    fragment Head on Model { name description tags @include(if: $tags) { key value } }
    fragment Version on ModelVersion { version description createdAt tags { key value } }`,
  peers: `query Page($first: Int!, $tags: Boolean!) { registries { name models(first: $first) { ...Row } } }
    fragment Row on Model { ...Head aliases @skip(if: $tags) { alias version } latestVersions { ...Version } }
    fragment Head on Model { name description tags @include(if: $tags) { key value } }
    fragment Version on ModelVersion { version description creationTimestamp tags { key value } }`,
  variants: same(sizes.map((first) => ({ first, tags: first % 2 === 0 }))),
}

/** Names that begin with a text. */
const filtered: Question = {
  name: 'filtered',
  modelgate: `query Filtered($text: String!) { registries { name models(first: 50, where: { name: { startsWith: $text } }) { nodes { ${model} } } } }`,
  peers: `query Filtered($filter: String!) { registries { name models(first: 50, filter: $filter) { ${peersModel} } } }`,
  variants: teams.flatMap((team) =>
    tasks.map((task) => ({
      modelgate: { text: `${team}-${task}` },
      peers: { filter: `name LIKE '${team}-${task}%'` },
    })),
  ) as unknown as Variants,
}

/** A page of one model by its name. */
const single: Question = {
  name: 'single',
  modelgate: `query Single($name: String!) { registries { name models(first: 1, where: { name: { eq: $name } }) { nodes { ${model} } } } }`,
  peers: `query Single($filter: String!) { registries { name models(first: 1, filter: $filter) { ${peersModel} } } }`,
  variants: names.map((name) => ({
    modelgate: { name },
    peers: { filter: `name = '${name}'` },
  })) as unknown as Variants,
}

/** q1 in documents of which no two are the same. */
const documents: Question = {
  name: 'documents',
  modelgate: `query Page$$$($first: Int!) { registries { name models(first: $first) { nodes { ${model} } } } }`,
  peers: `query Page$$$($first: Int!) { registries { name models(first: $first) { ${peersModel} } } }`,
  // More than any cache of documents is meant to hold for one client.
  variants: Array.from({ length: 3000 }, (_, index) => {
    const variables = { first: sizes[index % sizes.length] }
    return { modelgate: variables, peers: variables, text: String(index) }
  }) as unknown as Variants,
}

/** One list over all registries, in one order. */
const merged: Question = {
  name: 'merged',
  modelgate: `query Merged($first: Int!) { models(first: $first) { nodes { registry { name } ${model} } complete } }`,
  peers: null,
  direct: 'q1',
  variants: sized.map((variant) => ({
    ...variant,
    expected: (recording: Recording) => {
      const rows = mergedModels(recording).map((one) => ({
        registry: { name: one.registry },
        ...toModel(one),
      }))
      return canonical({ models: { nodes: rows.slice(0, Number(variant.modelgate.first)), complete: true } })
    },
  })) as unknown as Variants,
}

/** A model of each registry by its id, which takes one small request of each as q3 does. */
const nodes: Question = {
  name: 'nodes',
  modelgate: `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Model { name description tags { key value } } } }`,
  peers: null,
  direct: 'q3',
  variants: names.map(
    (name): Variant => ({
      modelgate: { ids: registryNames.map((registry) => toNodeId({ type: 'Model', registry, name })) },
      peers: {},
      expected: (recording) =>
        canonical({
          nodes: recording.map(({ models }) => {
            const { description, tags } = toModel(models.find((one) => one.name === name) as never)
            return { name, description, tags }
          }),
        }),
    }),
  ) as unknown as Variants,
}

export const shapes = { deep, aliased, fragments, filtered, single, documents, merged, nodes }
