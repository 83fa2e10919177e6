import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { MlflowWriter } from '../conformance/mlflow-writer.ts'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { everyMutation, type Thing } from './every-mutation.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const marker = 'mlflow.prompt.is_prompt'
const isPrompt = [{ key: marker, value: 'true' }]

/** Fields of inputs that name nothing. */
const values = {
  registry: 'mlflow',
  alias: 'champion',
  version: '1',
  stage: 'Staging',
  description: 'changed',
  keys: [marker, 'team'],
  tags: [{ key: 'team', value: 'changed' }],
  principal: 'user:ann',
  permission: 'READ',
}

describe.each(mlflowVersions)('prompts of MLflow %s, which no read shows', (release) => {
  const prefix = `prompts-${randomUUID().slice(0, 8)}`
  const prompt: Thing = { registry: 'mlflow', model: `${prefix}-greet`, version: '1', alias: 'live' }
  const other: Thing = { ...prompt, model: `${prefix}-model` }
  let mlflow: MlflowWriter
  let gateway: OpenGateway

  beforeAll(async () => {
    requireBackend(`mlflow ${release}`)
    const { url } = inject('mlflow')[release]
    mlflow = new MlflowWriter(url)
    const make = async ({ model: name, alias }: Thing, source: string, tags: object[]) => {
      await mlflow.post('registered-models/create', { name, tags })
      await mlflow.post('model-versions/create', { name, source, tags })
      await mlflow.post('registered-models/alias', { name, alias, version: '1' })
    }
    const text = { key: 'mlflow.prompt.text', value: 'Hello {{name}}' }
    await make(prompt, 'dummy-source', [...isPrompt, text, { key: 'team', value: 'fraud' }])
    await make(other, 's3://bucket/model', [{ key: 'team', value: 'fraud' }])
    gateway = await openGateway({
      environments: ['dev'],
      registries: [{ name: 'mlflow', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }],
    })
  })
  afterAll(() => gateway?.close())

  const stored = async ({ model: name }: Thing) => [
    await mlflow.get('registered-models/get', { name }),
    await mlflow.get('model-versions/get', { name, version: '1' }),
    await mlflow.get('model-versions/search', { filter: `name = '${name}' AND tags.\`${marker}\` = 'true'` }),
  ]
  const listed = async () => {
    const where = { name: { startsWith: prefix } }
    const { models } = await gateway.data(
      'query ($where: ModelFilter) { models(first: 500, where: $where) { nodes { name } } }',
      { where },
    )
    return models.nodes.map(({ name }: { name: string }) => name)
  }

  const mutations = [true, false].flatMap((createModel) =>
    everyMutation({
      target: prompt,
      other,
      values: { ...values, source: 's3://bucket/model', newName: `${prefix}-new`, createModel },
    }).map((mutation) => ({ ...mutation, createModel })),
  )

  it.each(mutations)('are not written to by $title, createModel: $createModel', async (mutation) => {
    const before = await stored(prompt)
    const { errors = [] } = await gateway.ask(mutation.document, { input: mutation.input })
    expect(errors).toHaveLength(1)
    const [error] = errors
    if (error?.extensions.code === 'ALREADY_EXISTS') {
      expect(error.message).toContain(`a prompt ${JSON.stringify(prompt.model)}`)
    } else {
      expect(error?.extensions.code).toBe('NOT_FOUND')
    }
    expect(await stored(prompt)).toEqual(before)
    expect(await listed()).toEqual([other.model])
  })

  it('are tried in every mutation of the schema', () => {
    const tried = new Set(mutations.map(({ title }) => title.replace(/\(.*/, '')))
    expect(tried.size).toBeGreaterThanOrEqual(15)
    expect([...tried]).toContain('copyModelVersion')
  })

  it('stay apart from models by a tag that is neither set nor deleted', async () => {
    const model = { key: { registry: 'mlflow', name: other.model } }
    const version = { key: { registry: 'mlflow', model: other.model, version: '1' } }
    const before = await stored(other)
    const tried: [string, object][] = [
      ['setModelTags', { model, tags: isPrompt }],
      ['deleteModelTags', { model, keys: ['team', marker] }],
      ['setModelVersionTags', { version, tags: isPrompt }],
      ['deleteModelVersionTags', { version, keys: ['team', marker] }],
      ['createModel', { registry: 'mlflow', name: `${prefix}-new`, tags: isPrompt }],
      ['createModelVersion', { model, source: 's3://bucket/model', tags: isPrompt }],
      ['copyModelVersion', { source: version, destination: model.key, tags: isPrompt }],
    ]
    for (const [field, input] of tried) {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
      const { errors } = await gateway.ask(
        `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`,
        { input },
      )
      expect.soft(errors, field).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
      expect.soft(errors?.[0]?.message, field).toContain(marker)
    }
    expect(await stored(other)).toEqual(before)
    expect(await listed()).toEqual([other.model])
  })
})
