import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startCountingProxy } from '../environment/counting-proxy.ts'
import { mlflowVersions } from '../environment/provided.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

describe.each(mlflowVersions)('two gateways on one PostgreSQL, in front of MLflow %s', (serverVersion) => {
  const databases = providedPostgres()
  const prefix = `two-${randomUUID().slice(0, 8)}`
  let proxy: Awaited<ReturnType<typeof startCountingProxy>>
  let gateways: readonly OpenGateway[]

  beforeAll(async () => {
    const url = await databases.createUrl()
    proxy = await startCountingProxy(inject('mlflow')[serverVersion].url)
    const config = {
      environments: ['dev'],
      registries: [
        { name: 'main', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs: 20_000 },
      ],
      database: { url },
    }
    gateways = [await openGateway(config), await openGateway(config)]
  })
  afterAll(async () => {
    for (const gateway of gateways ?? []) await gateway.close()
    await proxy?.close()
    await databases.dispose()
  })

  const gateway = (index: number) => gateways[index % 2] as OpenGateway
  const run = (document: string, input: object) => gateway(0).data(document, { input })
  const keyOf = (name: string) => ({ key: { registry: 'main', name } })
  const load = async (index: number, name: string) =>
    (await gateway(index).data(mutations.load, { registry: 'main', name })).model
  const make = async (name: string, versions: number) => {
    await run(mutations.createModel, { registry: 'main', name })
    for (let version = 1; version <= versions; version++) {
      await run(mutations.createVersion, { model: keyOf(name), source: `s3://bucket/${version}` })
    }
  }

  it('let one of 50 racing writers move an alias', async () => {
    const name = `${prefix}-alias`
    await make(name, 12)
    await run(mutations.setAlias, { model: keyOf(name), alias: 'champion', version: '1' })
    proxy.log.reset()
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const version = String((index % 11) + 2)
        const input = { model: keyOf(name), alias: 'champion', version, expectedVersion: '1' }
        return { version, ...(await gateway(index).ask(mutations.setAlias, { input })) }
      }),
    )
    const won = answers.filter(({ errors }) => errors === undefined)
    expect(won).toHaveLength(1)
    const winner = won[0]?.version
    expect(won[0]?.data.setAlias).toMatchObject({ previousVersion: '1', alias: { versionNumber: winner } })
    const lost = answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions)
    expect(lost).toEqual(
      Array(49).fill({ code: 'CONFLICT', registry: 'main', retryable: false, current: winner }),
    )
    expect(
      proxy.log.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/alias')),
    ).toHaveLength(1)
    for (const index of [0, 1]) {
      expect((await load(index, name)).aliases).toEqual([{ name: 'champion', versionNumber: winner }])
    }
  })

  it('leave one version in Production of 12 that are moved there at once', async () => {
    const name = `${prefix}-stage`
    await make(name, 12)
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const version = { key: { registry: 'main', model: name, version: String(index + 1) } }
        const input = { version, stage: 'Production', archiveExisting: true }
        return gateway(index).data(mutations.transitionStage, { input })
      }),
    )
    const archived = answers.flatMap(({ transitionStage }) =>
      transitionStage.archived.map(({ version }: { version: string }) => version),
    )
    expect(new Set(archived).size).toBe(11)
    expect(archived).toHaveLength(11)
    const stages = (await load(1, name)).versions.nodes.map(({ stage }: { stage: string }) => stage)
    expect(stages.toSorted()).toEqual([...Array(11).fill('Archived'), 'Production'])
  })

  it('do once what is asked for 20 times under one key', async () => {
    const name = `${prefix}-once`
    proxy.log.reset()
    const input = {
      model: keyOf(name),
      createModel: true,
      source: 's3://bucket/once',
      idempotencyKey: name,
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => gateway(index).ask(mutations.createVersion, { input })),
    )
    expect(answers[0]?.errors).toBeUndefined()
    expect(answers[0]?.data.createModelVersion.modelVersion).toMatchObject({ version: '1', modelName: name })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(proxy.log.count('model-versions/create')).toBe(1)
    expect(proxy.log.count('registered-models/create')).toBe(1)
    expect((await load(1, name)).versions.nodes).toHaveLength(1)
    const other = await gateway(1).ask(mutations.createVersion, { input: { ...input, source: 's3://other' } })
    expect(other.errors?.[0]?.extensions).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'idempotencyKey',
    })
  })

  it('copy once what is asked for 20 times under one key', async () => {
    const name = `${prefix}-copy`
    await make(name, 1)
    proxy.log.reset()
    const input = {
      source: { key: { registry: 'main', model: name, version: '1' } },
      destination: { registry: 'main', name: `${name}-of` },
      idempotencyKey: name,
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => gateway(index).ask(mutations.copyVersion, { input })),
    )
    expect(answers[0]?.data.copyModelVersion).toMatchObject({
      createdModel: true,
      modelVersion: { version: '1', source: `models:/${name}/1` },
    })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(proxy.log.count('model-versions/create')).toBe(1)
  })
})
