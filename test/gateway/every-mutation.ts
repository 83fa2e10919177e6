import {
  buildSchema,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  isInputObjectType,
  isNonNullType,
} from 'graphql'
import { toNodeId } from '../../src/federation/records/node-id.ts'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'

/** A model with a version that has an alias. */
export interface Thing {
  readonly registry: string
  readonly model: string
  readonly version: string
  readonly alias: string
}

export interface Mutation {
  /** Such as `copyModelVersion(source.alias)`. */
  readonly title: string
  readonly document: string
  readonly input: Readonly<Record<string, unknown>>
}

interface Names {
  /** What each mutation is tried on, in one place after the other. */
  readonly target: Thing
  /** Of everything else that it names. */
  readonly other: Thing
  /** What stands in the fields that name nothing, by their names. */
  readonly values: Readonly<Record<string, unknown>>
}

type Way = (thing: Thing) => unknown

const waysToModel: Readonly<Record<string, Way>> = {
  id: ({ registry, model }) => toNodeId({ type: 'Model', registry, name: model }),
  key: ({ registry, model }) => ({ registry, name: model }),
}
const waysToVersion: Readonly<Record<string, Way>> = {
  id: ({ registry, model, version }) => toNodeId({ type: 'ModelVersion', registry, model, version }),
  key: ({ registry, model, version }) => ({ registry, model, version }),
  alias: ({ registry, model, alias }) => ({ registry, model, alias }),
  uri: ({ registry, model, version }) => ({ uri: `models://${registry}/${model}/${version}` }),
}
const references: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  ModelRef: waysToModel,
  ModelVersionRef: waysToVersion,
}

/** Every mutation of the schema, with the target in each place where it names something, in each way to name it. */
export function everyMutation(names: Names): Mutation[] {
  const fields = buildSchema(loadTypeDefinitions()).getMutationType()?.getFields() ?? {}
  return Object.values(fields).flatMap(({ name, args }) => {
    const type = getNamedType(args.find((argument) => argument.name === 'input')?.type)
    if (!isInputObjectType(type)) throw new Error(`${name} takes no input.`)
    const document = `mutation ($input: ${type.name}!) { ${name}(input: $input) { __typename } }`
    return Object.values(type.getFields()).flatMap((place) =>
      waysTo(place).map(([way, value]) => ({
        title: `${name}(${[place.name, way].filter(Boolean).join('.')})`,
        document,
        input: { ...fill(type, names), [place.name]: value(names.target) },
      })),
    )
  })
}

function waysTo({ name, type }: GraphQLInputField): [string, Way][] {
  const named = getNamedType(type)
  const ways = references[named.name]
  if (ways) {
    const known = Object.keys((named as GraphQLInputObjectType).getFields())
    const missing = known.find((way) => !(way in ways))
    if (missing) throw new Error(`Say how a ${named.name} names something by ${missing}.`)
    return Object.entries(ways).map(([way, value]) => [way, (thing) => ({ [way]: value(thing) })])
  }
  if (named.name === 'ModelKey') return [['', ({ registry, model }) => ({ registry, name: model })]]
  if (name === 'name' || name === 'newName' || name === 'model') return [['', ({ model }) => model]]
  if (name === 'source') return [['', ({ model, version }) => `models:/${model}/${version}`]]
  return []
}

function fill(type: GraphQLInputObjectType, { other, values }: Names): Record<string, unknown> {
  const filled: [string, unknown][] = []
  for (const field of Object.values(type.getFields())) {
    const [way] = waysTo(field)
    if (way) filled.push([field.name, way[1](other)])
    else if (field.name in values) filled.push([field.name, values[field.name]])
    else if (isNonNullType(field.type)) throw new Error(`Say what to give for ${type.name}.${field.name}.`)
  }
  return Object.fromEntries(filled)
}
