import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import * as mutations from '../../gateway/mutations.ts'
import { type OpenGateway, openGateway } from '../../gateway/open-gateway.ts'
import { AzureWriter } from './azure-writer.ts'
import { place, storage, workspacePath } from './open-registry.ts'

const names = ['latest', 'Production', 'production', '1@2', 'version:x', '1.0.0', 'blue', '3']
const selectors = new Set(names.slice(0, 5))

let double: AzureDouble
let gateway: OpenGateway
beforeAll(async () => {
  double = await startAzureDouble()
  const { subscriptionId, resourceGroup, workspace } = place
  const azure = { adapter: 'azureml', subscriptionId, resourceGroup, endpoint: double.url, timeoutMs: 30_000 }
  gateway = await openGateway({
    environments: ['dev'],
    registries: [
      { name: 'ws', environment: 'dev', workspace, auth: { token: 't' }, ...azure },
      { name: 'org', environment: 'dev', registry: 'org', auth: { token: 't' }, ...azure },
      { name: 'disk', adapter: 'local', environment: 'dev' },
    ],
  })
  double.set({ longRunning: { polls: 1, retryAfter: 0, retryAfterCreation: 0 } })
  const writer = new AzureWriter(double.url, workspacePath)
  await writer.put('models/net', {})
  for (const name of names) {
    const version = encodeURIComponent(name)
    await writer.put(`models/net/versions/${version}`, { modelUri: `${storage}/${version}` })
  }
})
afterAll(async () => {
  await gateway.close()
  await double.close()
})

const copy = async (version: string, registry: string, name = 'copy') => {
  const input = {
    source: { key: { registry: 'ws', model: 'net', version } },
    destination: { registry, name },
  }
  return (await gateway.data(mutations.copyVersion, { input })).copyModelVersion.modelVersion
}

const query = `query ($registry: String!, $model: String!, $version: String!) {
  modelVersion(registry: $registry, model: $model, version: $version) {
    source artifactUri copiedFrom { version artifactUri } lineage { broken version { version } }
  }
}`

it('are named exactly by their copies in every registry, then and later', async () => {
  const copies: { of: string; key: Record<'registry' | 'model' | 'version', string> }[] = []
  for (const registry of ['disk', 'ws']) {
    for (const of of names) {
      const { version } = await copy(of, registry)
      copies.push({ of, key: { registry, model: 'copy', version } })
    }
  }
  const check = async () => {
    for (const { of, key } of copies) {
      const { modelVersion } = await gateway.data(query, key)
      expect(modelVersion.copiedFrom, `${key.registry} ${of}`).toMatchObject({ version: of })
      expect(modelVersion.copiedFrom.artifactUri).toBe(modelVersion.artifactUri)
      expect(modelVersion.lineage).toEqual([{ broken: false, version: { version: of } }])
    }
  }
  await check()
  await new AzureWriter(double.url, workspacePath).put('models/net/versions/4', { modelUri: `${storage}/4` })
  const input = {
    version: { key: { registry: 'ws', model: 'net', version: '4' } },
    stage: 'Production',
  }
  await gateway.data(
    `mutation ($input: TransitionStageInput!) { transitionStage(input: $input) { __typename } }`,
    {
      input,
    },
  )
  await check()
})

it('have a URI of their own, which means them wherever it is given, while all others keep theirs', async () => {
  for (const name of names) {
    const { source } = await copy(name, 'disk', 'uris')
    const exact = selectors.has(name) ? `version:${encodeURIComponent(name)}` : name
    expect(source).toBe(`models://ws/net/${exact}`)
    const found = await gateway.data(
      `query ($uri: String!) { resolve: resolveModelUri(uri: $uri) { version } }`,
      {
        uri: source,
      },
    )
    expect(found.resolve).toEqual({ version: name })
  }
})

it("are shared into an organisation's registry as they are", async () => {
  const { version } = await copy('latest', 'org', 'shared')
  const key = { registry: 'org', model: 'shared', version }
  expect((await gateway.data(query, key)).modelVersion.copiedFrom).toMatchObject({ version: 'latest' })
})

it('are named exactly by copies of copies, also behind one that is gone', async () => {
  const first = await copy('latest', 'ws', 'first')
  const source = { key: { registry: 'ws', model: 'first', version: first.version } }
  const input = { source, destination: { registry: 'disk', name: 'second' } }
  const { modelVersion } = (await gateway.data(mutations.copyVersion, { input })).copyModelVersion
  await gateway.data(
    `mutation ($input: DeleteModelVersionInput!) { deleteModelVersion(input: $input) { __typename } }`,
    { input: { version: source } },
  )
  const key = { registry: 'disk', model: 'second', version: modelVersion.version }
  expect((await gateway.data(query, key)).modelVersion.lineage).toEqual([
    { broken: true, version: null },
    { broken: false, version: { version: 'latest' } },
  ])
})
