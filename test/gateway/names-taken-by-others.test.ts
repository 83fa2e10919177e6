import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

let gateway: OpenGateway
beforeAll(async () => {
  gateway = await openGateway({
    environments: ['dev'],
    registries: [
      { name: 'from', adapter: 'local', environment: 'dev' },
      { name: 'to', adapter: 'local', environment: 'dev' },
    ],
  })
  const model = { key: { registry: 'from', name: 'm' } }
  await gateway.data(mutations.createVersion, { input: { model, createModel: true, source: 's3://b/m' } })
})
afterAll(() => gateway.close())

const key = (name: string) => ({ key: { registry: 'to', name } })
const remove = (name: string) => gateway.data(mutations.deleteModel, { input: { model: key(name) } })
const rename = (name: string) =>
  gateway.data(mutations.renameModel, { input: { model: key(name), newName: `${name}-old` } })

const makingModel = `mutation ($input: CreateModelInput!) { made: createModel(input: $input) { it: model { createdAt } } }`
const makingVersion = `mutation ($input: CreateModelVersionInput!) {
  made: createModelVersion(input: $input) { it: modelVersion { createdAt } }
}`
const copying = `mutation ($input: CopyModelVersionInput!) {
  made: copyModelVersion(input: $input) { it: modelVersion { createdAt } }
}`
const source = { key: { registry: 'from', model: 'm', version: '1' } }

describe.each([
  ['a model', makingModel, (name: string) => ({ registry: 'to', name })],
  [
    'a version',
    makingVersion,
    (name: string) => ({ model: key(name), createModel: true, source: 's3://b/mine' }),
  ],
  [
    'a copy',
    copying,
    (name: string) => ({ source, destination: { registry: 'to', name }, artifacts: 'REFERENCE' }),
  ],
] as const)('%s that was made under a key', (kind, mutation, inputOf) => {
  it.each([
    ['deleted', remove],
    ['renamed', rename],
  ] as const)('is not another one that has its name since it was %s', async (how, away) => {
    const name = `${kind} ${how}`.replaceAll(' ', '-')
    const make = (idempotencyKey: string) =>
      gateway.data(mutation, { input: { ...inputOf(name), idempotencyKey } })
    const mine = await make(name)
    expect(mine.made.it).not.toBeNull()
    expect(await make(name)).toEqual(mine)
    await away(name)
    const theirs = await make(`${name} of another`)
    expect(theirs.made.it).not.toBeNull()
    expect(await make(name)).toEqual({ made: { it: null } })
  })
})
