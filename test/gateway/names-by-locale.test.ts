import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCodePoints } from '../../src/contract/index.ts'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const count = 2000
const nameOf = (n: number) => `${['a', 'B', 'é', 'Z', '_'][n % 5]}-${n}`
interface Page {
  readonly nodes: readonly {
    readonly name: string
    readonly modelName: string
    readonly version: string
  }[]
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
}

describe.each(['3.17.2', '2.22.4'])('lists by name of an MLflow %s that sorts by a locale', (version) => {
  let stub: MlflowStub
  let gateway: OpenGateway
  beforeAll(async () => {
    stub = await startMlflowStub({ locale: 'en', version })
    for (let n = 0; n < count; n++) {
      stub.store.addModel(nameOf(n), { tags: { team: n % 8 ? 'other' : 'fraud' }, versions: [{}] })
    }
    for (const [index, model] of [...stub.store.models.values()].entries())
      model.updatedAt = 1_600_000_000_000 + index * 60_000
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'mlflow', adapter: 'mlflow', environment: 'dev', url: stub.url, timeoutMs: 30_000 },
      ],
    })
    await gateway.data(
      '{ models(first: 1) { nodes { name } } modelVersions(first: 1) { nodes { version } } }',
    )
  })
  afterAll(async () => {
    await gateway?.close()
    await stub?.close()
  })

  async function ask(
    list: 'models' | 'modelVersions',
    rest: string,
  ): Promise<{ page: Page; requests: number }> {
    const row = list === 'models' ? 'name' : 'version modelName'
    const query = `{ ${list}(first: 50, ${rest}) { nodes { ${row} } pageInfo { endCursor hasNextPage } complete } }`
    stub.log.reset()
    const answer = await gateway.ask(query)
    expect(answer.errors).toBeUndefined()
    const page = (answer.data as Record<string, Page & { complete: boolean }>)[list] as Page
    return { page, requests: stub.log.requests.length }
  }
  const sorted = () => [...stub.store.models.keys()].sort(compareCodePoints)

  it('cost the same on each page, the first or the twentieth', async () => {
    const names: string[] = []
    let cursor: string | null = null
    for (let turn = 0; turn < 20; turn++) {
      const { page, requests } = await ask('models', `after: ${JSON.stringify(cursor)}`)
      names.push(...page.nodes.map(({ name }) => name))
      // What was written since, how many there are, and the rows: at once, or each for itself, as `nodes(ids)` has them.
      expect(requests).toBeLessThanOrEqual(version === '3.17.2' ? 3 : 2 + 52)
      cursor = page.pageInfo.endCursor
    }
    expect(names).toEqual(sorted().slice(0, 1000))
  })

  it('cost the same for versions by model', async () => {
    const models: string[] = []
    let cursor: string | null = null
    for (let turn = 0; turn < 8; turn++) {
      const { page, requests } = await ask('modelVersions', `after: ${JSON.stringify(cursor)}`)
      models.push(...page.nodes.map(({ modelName }) => modelName))
      expect(requests).toBeLessThanOrEqual(version === '3.17.2' ? 3 : 2 + 54)
      cursor = page.pageInfo.endCursor
    }
    expect(models).toEqual(sorted().slice(0, 400))
  })

  it('hold a filter on names', async () => {
    const { page, requests } = await ask('models', 'where: { name: { startsWith: "Z-1" } }')
    expect(page.nodes.map(({ name }) => name)).toEqual(
      sorted()
        .filter((name) => name.startsWith('Z-1'))
        .slice(0, 50),
    )
    expect(requests).toBeLessThanOrEqual(version === '3.17.2' ? 3 : 2 + 102)
  })

  it('show what others write in between', async () => {
    stub.store.renameModel(nameOf(4), 'A')
    stub.store.deleteModel(nameOf(9))
    const { page } = await ask('models', 'after: null')
    expect(page.nodes.map(({ name }) => name)).toEqual(sorted().slice(0, 50))
  })
})
