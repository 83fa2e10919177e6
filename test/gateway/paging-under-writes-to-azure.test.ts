import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, registryPath, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** Where workspaces and registries can have files alike. */
const files = 'https://account.blob.core.windows.net/models'

const pageInfo = 'pageInfo { hasNextPage endCursor } complete'
const modelPage = `query ($first: Int, $after: String, $field: ModelOrderField!, $direction: Direction) {
  list: models(first: $first, after: $after, orderBy: [{ field: $field, direction: $direction }]) {
    nodes { name registry { name } } ${pageInfo} } }`
const versionPage = `query ($first: Int, $after: String, $field: ModelVersionOrderField!, $direction: Direction) {
  list: modelVersions(first: $first, after: $after, orderBy: [{ field: { by: $field, direction: $direction } }]) {
    nodes { modelName version registry { name } } ${pageInfo} } }`
const versionsOfModel = `query ($first: Int, $after: String) { model(registry: "team", name: "still") {
  list: versions(first: $first, after: $after) { nodes { modelName version registry { name } } ${pageInfo} } } }`

interface Node {
  readonly name?: string
  readonly modelName?: string
  readonly version?: string
  readonly registry: { readonly name: string }
}

interface List {
  readonly nodes: readonly Node[]
  readonly complete: boolean
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}

interface Write {
  readonly registry: 'team' | 'org'
  readonly kind: 'put' | 'archive' | 'delete' | 'create through the gateway' | 'change through the gateway'
  readonly at: number
}

/** Of every second model, and of every model the versions from 7 on, anything may become. */
const nameAt = (at: number) => `row-${String(at).padStart(2, '0')}-${at % 2 ? 'touched' : 'still'}`

const write: fc.Arbitrary<Write> = fc.record({
  registry: fc.constantFrom('team', 'org'),
  kind: fc.constantFrom(
    'put',
    'archive',
    'delete',
    'create through the gateway',
    'change through the gateway',
  ),
  at: fc.nat(29),
})

const reading = fc.record({
  writes: fc.array(fc.array(write, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
  first: fc.integer({ min: 4, max: 15 }),
  direction: fc.constantFrom('ASC', 'DESC'),
  switches: fc.record({
    pageSize: fc.integer({ min: 2, max: 12 }),
    listLag: fc.option(fc.record({ requests: fc.integer({ min: 1, max: 30 }) })),
    unproven: fc.record({ versionsOfMissingModel: fc.constantFrom('empty', 'notFound') }),
  }),
})

const localNames = ['a-local', 'row-05-local', 'row-20-local', 'z-local']

describe('pages while others write to Azure ML', () => {
  let double: AzureDouble
  let gateway: OpenGateway
  let writers: Record<Write['registry'], AzureWriter>

  beforeAll(async () => {
    double = await startAzureDouble()
    const { workspace, ...group } = place
    const azure = {
      adapter: 'azureml',
      environment: 'dev',
      endpoint: double.url,
      connections: 2,
      auth: { token: 't' },
    }
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { ...azure, ...group, name: 'team', workspace },
        { ...azure, ...group, name: 'org', registry: 'org', stages: { encoding: 'keys' } },
        { name: 'laptop', adapter: 'local', environment: 'dev' },
      ],
    })
    writers = {
      team: new AzureWriter(double.url, workspacePath),
      org: new AzureWriter(double.url, registryPath),
    }
    for (const name of localNames) {
      const input = { model: { key: { registry: 'laptop', name } }, createModel: true, source: 's3://bucket' }
      await gateway.data(mutations.createVersion, { input })
    }
  })
  afterAll(async () => {
    await gateway?.close()
    await double?.close()
  })
  beforeEach(() => double.reset())

  const laptop = localNames.map((name) => `laptop/${name}`)

  const putVersion = (registry: Write['registry'], name: string, number: number, more: object = {}) =>
    writers[registry].put(`models/${name}/versions/${number}`, { modelUri: `${files}/${name}`, ...more })

  /** @returns the rows that nobody touches. */
  async function seed(count: number, versionsOfEach: number): Promise<string[]> {
    double.reset()
    double.set({ longRunning: { polls: 0, ms: 0, retryAfter: 0, retryAfterCreation: 0 } })
    const models = (['team', 'org'] as const).flatMap((registry) =>
      Array.from({ length: count }, (_, at) => ({ registry, name: nameAt(at) })),
    )
    const numbers = Array.from({ length: versionsOfEach }, (_, index) => index + 1)
    await Promise.all(models.map(({ registry, name }) => writers[registry].put(`models/${name}`, {})))
    await Promise.all(
      models.flatMap(({ registry, name }) => numbers.map((number) => putVersion(registry, name, number))),
    )
    const still = models
      .filter(({ name }) => name.endsWith('still'))
      .map(({ registry, name }) => `${registry}/${name}`)
    return numbers.length === 0 ? still : still.flatMap((row) => numbers.map((number) => `${row}/${number}`))
  }

  async function change(document: string, input: object): Promise<void> {
    const { errors } = await gateway.ask(document, { input })
    expect(['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT', undefined]).toContain(errors?.[0]?.extensions.code)
  }

  let changes = 0
  async function writeModel({ registry, kind, at }: Write): Promise<void> {
    const name = nameAt(at - (at % 2) + 1)
    const tags = [{ key: 'changes', value: `${changes++}` }]
    if (kind === 'put') await writers[registry].put(`models/${name}`, { tags: { by: 'another' } })
    if (kind === 'archive') await writers[registry].put(`models/${name}`, { isArchived: true })
    if (kind === 'delete') await writers[registry].delete(`models/${name}`)
    if (kind === 'create through the gateway') await change(mutations.createModel, { registry, name })
    if (kind === 'change through the gateway')
      await change(mutations.setModelTags, { model: { key: { registry, name } }, tags })
  }

  async function writeVersion({ registry, kind, at }: Write): Promise<void> {
    const name = nameAt(at % 12)
    const key = { registry, model: name, version: '7' }
    if (kind === 'put') await putVersion(registry, name, 7, { tags: { changes: `${changes++}` } })
    if (kind === 'archive') await putVersion(registry, name, 7, { isArchived: true })
    if (kind === 'delete')
      await writers[registry].delete(at % 4 === 1 ? `models/${name}` : `models/${name}/versions/7`)
    if (kind === 'create through the gateway')
      await change(mutations.createVersion, {
        model: { key: { registry, name: nameAt((at % 12) | 1) } },
        createModel: true,
        source: `${files}/made`,
      })
    if (kind === 'change through the gateway')
      await change(mutations.transitionStage, { version: { key }, stage: at % 3 ? 'Production' : 'None' })
  }

  /** Every page is read while the writes that go with it are under way. */
  async function read(
    query: string,
    variables: object,
    writes: readonly (readonly Write[])[],
    apply: (write: Write) => Promise<void>,
  ): Promise<string[]> {
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; ; page++) {
      const [data] = await Promise.all([
        gateway.data(query, { ...variables, after }),
        ...(writes[page % writes.length] ?? []).map(apply),
      ])
      const list: List = (data.model ?? data).list
      expect(list.complete).toBe(true)
      for (const { name, modelName, version, registry } of list.nodes)
        seen.push([registry.name, name ?? `${modelName}/${version}`].join('/'))
      if (!list.pageInfo.hasNextPage) return seen
      after = list.pageInfo.endCursor
    }
  }

  it('lose and repeat no model that nobody touched', async () => {
    const field = fc.constantFrom('NAME', 'CREATED_AT', 'UPDATED_AT')
    await fc.assert(
      fc.asyncProperty(reading, field, async ({ writes, first, direction, switches }, by) => {
        const still = [...(await seed(30, 0)), ...laptop]
        double.set(switches)
        const seen = await read(modelPage, { first, direction, field: by }, writes, writeModel)
        expect(seen.filter((row) => !row.endsWith('touched')).toSorted()).toEqual(still.toSorted())
        if (by === 'NAME') expect(new Set(seen).size).toBe(seen.length)
      }),
      { numRuns: rounds(6, 150) },
    )
  }, 600_000)

  it('lose and repeat no version that nobody touched', async () => {
    const field = fc.constantFrom('MODEL', 'MODEL', 'VERSION', 'CREATED_AT')
    await fc.assert(
      fc.asyncProperty(reading, field, async ({ writes, first, direction, switches }, by) => {
        const still = [...(await seed(12, 2)), ...laptop.map((row) => `${row}/1`)]
        double.set(switches)
        const seen = await read(versionPage, { first, direction, field: by }, writes, writeVersion)
        const untouched = seen.filter((row) => /(-still\/[12]|-local\/1)$/.test(row))
        expect(untouched.toSorted()).toEqual(still.toSorted())
        if (by !== 'CREATED_AT') expect(new Set(seen).size).toBe(seen.length)
      }),
      { numRuns: rounds(5, 150) },
    )
  }, 600_000)

  it('lose and repeat no version of a model with more of them than one page of Azure holds', async () => {
    const writeSibling = async ({ kind, at }: Write): Promise<void> => {
      if (kind === 'delete') await writers.team.delete(`models/still/versions/${200 + at}`)
      else await putVersion('team', 'still', 200 + at, { isArchived: kind === 'archive' })
    }
    for (let number = 1; number <= 120; number++) await putVersion('team', 'still', number)
    await fc.assert(
      fc.asyncProperty(reading, async ({ writes, first, switches }) => {
        double.set(switches)
        const seen = await read(versionsOfModel, { first: first * 4 }, writes, writeSibling)
        const untouched = seen.filter((row) => Number(row.split('/')[2]) <= 120)
        expect(untouched).toEqual(Array.from({ length: 120 }, (_, index) => `team/still/${120 - index}`))
        expect(new Set(seen).size).toBe(seen.length)
      }),
      { numRuns: rounds(4, 100) },
    )
  }, 600_000)
})
