import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import * as mutations from '../../gateway/mutations.ts'
import { type OpenGateway, openGateway } from '../../gateway/open-gateway.ts'
import { AzureWriter } from './azure-writer.ts'
import { place, storage, workspacePath } from './open-registry.ts'

let double: AzureDouble
let gateway: OpenGateway
beforeAll(async () => {
  double = await startAzureDouble()
  const { subscriptionId, resourceGroup, workspace } = place
  const azure = { adapter: 'azureml', subscriptionId, resourceGroup, endpoint: double.url, timeoutMs: 30_000 }
  gateway = await openGateway({
    environments: ['dev', 'prod'],
    registries: [
      { name: 'ws', environment: 'dev', workspace, auth: { token: 't' }, ...azure },
      { name: 'org', environment: 'prod', registry: 'org', auth: { token: 't' }, ...azure },
      { name: 'laptop', adapter: 'local', environment: 'dev' },
    ],
  })
})
afterAll(async () => {
  await gateway.close()
  await double.close()
})
beforeEach(() => {
  double.reset()
  double.set({ longRunning: { polls: 1, retryAfter: 0, retryAfterCreation: 0 } })
})

const run = (document: string, input: object) => gateway.data(document, { input })
const model = (registry: string, name: string) => ({ key: { registry, name } })
const version = (registry: string, name: string, number = '1') => ({
  key: { registry, model: name, version: number },
})

async function create(registry: string, name: string, more: object = {}) {
  const input = { model: model(registry, name), createModel: true, source: `${storage}/${name}`, ...more }
  return (await run(mutations.createVersion, input)).createModelVersion.modelVersion
}

describe('what a query costs', () => {
  beforeEach(async () => {
    const writer = new AzureWriter(double.url, workspacePath)
    for (let index = 0; index < 50; index++) {
      const name = `model-${index}`
      await writer.put(`models/${name}`, { tags: { team: 'fraud', 'alias.champion': '1' } })
      await writer.put(`models/${name}/versions/1`, { modelUri: `${storage}/a`, tags: { stage: 'Staging' } })
    }
    double.log.reset()
  })

  const page =
    'models(registries: ["ws"], first: 50) { totalCount nodes { name tags { key value } aliases { name versionNumber }'

  it('for 50 models with tags and aliases is the pages of containers', async () => {
    const { models } = await gateway.data(`{ ${page} } } }`)
    expect(models.totalCount).toBe(50)
    expect(models.nodes[7]).toMatchObject({
      tags: [{ key: 'team', value: 'fraud' }],
      aliases: [{ name: 'champion', versionNumber: '1' }],
    })
    expect(double.log.countByPath()).toEqual({ [`${workspacePath}/models`]: 3 })
  })

  it('with their versions one list more for each', async () => {
    const { models } = await gateway.data(`{ ${page} versions(first: 5) { nodes { version stage } } } } }`)
    expect(models.nodes[0].versions.nodes).toEqual([{ version: '1', stage: 'Staging' }])
    const asked = double.log.requests.map(({ path, query }) => `${path}?${query}`)
    expect(asked).toHaveLength(53)
    expect(new Set(asked).size).toBe(53)
  })
})

describe('through the gateway', () => {
  it('a version of Azure is made, named, moved and tagged', async () => {
    expect(await create('ws', 'risk', { tags: [{ key: 'gate', value: 'passed' }] })).toMatchObject({
      version: '1',
      stage: 'None',
      source: `${storage}/risk`,
      artifactUri: `${storage}/risk`,
      tags: [{ key: 'gate', value: 'passed' }],
    })
    await create('ws', 'risk')
    await run(mutations.setAlias, { model: model('ws', 'risk'), alias: 'champion', version: '1' })
    for (const number of ['1', '2']) {
      await run(mutations.transitionStage, { version: version('ws', 'risk', number), stage: 'production' })
    }
    const { model: found } = await gateway.data(mutations.load, { registry: 'ws', name: 'risk' })
    expect(found).toMatchObject({
      tags: [],
      aliases: [{ name: 'champion', versionNumber: '1' }],
      versions: {
        nodes: [
          { version: '2', stage: 'Production' },
          { version: '1', stage: 'Archived' },
        ],
      },
    })
  })

  it('names and tags that Azure or the gateway keeps for itself are refused', async () => {
    await create('ws', 'risk')
    for (const [document, input] of [
      [mutations.createModel, { registry: 'ws', name: 'a.b' }],
      [
        mutations.setVersionTags,
        { version: version('ws', 'risk'), tags: [{ key: 'stage', value: 'Production' }] },
      ],
      [mutations.setModelTags, { model: model('ws', 'risk'), tags: [{ key: 'alias.champion', value: '1' }] }],
    ] as const) {
      const { errors } = await gateway.ask(document, { input })
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  it('a version goes from the workspace to the organisation by Azure’s share, with its lineage', async () => {
    await create('ws', 'risk', { description: 'the first', tags: [{ key: 'gate', value: 'passed' }] })
    await run(mutations.transitionStage, { version: version('ws', 'risk'), stage: 'Production' })
    const input = { source: version('ws', 'risk'), destination: { registry: 'org', name: 'risk-shared' } }
    const { copyModelVersion } = await run(mutations.copyVersion, input)
    expect(copyModelVersion).toMatchObject({
      createdModel: true,
      modelVersion: {
        version: '1',
        source: 'models://ws/risk/1',
        description: 'the first',
        stage: 'None',
        tags: [{ key: 'gate', value: 'passed' }],
      },
    })
    expect(double.log.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('a version is copied within Azure, and referred to from elsewhere', async () => {
    await create('ws', 'risk')
    for (const [registry, source] of [
      ['ws', 'models:/risk/1'],
      ['laptop', 'models://ws/risk/1'],
    ] as const) {
      const input = { source: version('ws', 'risk'), destination: { registry, name: 'copy' } }
      const { copyModelVersion } = await run(mutations.copyVersion, input)
      expect(copyModelVersion.modelVersion).toMatchObject({ source, artifactUri: `${storage}/risk` })
    }
  })

  it('files that the gateway cannot reach are not copied, and it says so', async () => {
    await create('ws', 'risk')
    const input = {
      source: version('ws', 'risk'),
      destination: { registry: 'laptop', name: 'files' },
      artifacts: 'COPY',
    }
    const { errors } = await gateway.ask(mutations.copyVersion, { input })
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'UNSUPPORTED' } })
  })

  it('lists of all registries come in one order, page by page', async () => {
    const names: string[] = []
    for (let index = 0; index < 24; index++) {
      const registry = ['ws', 'org', 'laptop'][index % 3] ?? ''
      const name = `page-${(index * 7) % 24}`
      names.push(`${name} ${registry}`)
      await run(mutations.createModel, { registry, name })
    }
    const seen: string[] = []
    let after: string | null = null
    do {
      const { models } = await gateway.data(
        'query ($after: String) { models(first: 5, after: $after, where: { name: { startsWith: "page-" } }) { nodes { name registry { name } } pageInfo { endCursor hasNextPage } } }',
        { after },
      )
      for (const node of models.nodes) seen.push(`${node.name} ${node.registry.name}`)
      after = models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(names.toSorted())
  })
})
