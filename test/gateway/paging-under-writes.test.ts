import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCodePoints } from '../../src/contract/index.ts'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { rounds } from '../environment/rounds.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const query = `query ($first: Int, $after: String, $field: ModelOrderField!, $direction: Direction) {
  models(first: $first, after: $after, orderBy: [{ field: $field, direction: $direction }]) {
    nodes { name registry { name } } pageInfo { hasNextPage endCursor } complete } }`

async function openOver(stubs: Readonly<Record<string, MlflowStub>>): Promise<OpenGateway> {
  return openGateway({
    environments: ['dev'],
    registries: Object.entries(stubs).map(([name, { url }]) => ({
      name,
      adapter: 'mlflow',
      environment: 'dev',
      url,
    })),
  })
}

describe('pages while others write to MLflow', () => {
  const stubs: Record<string, MlflowStub> = {}
  let gateway: OpenGateway

  beforeAll(async () => {
    stubs.one = await startMlflowStub()
    stubs.two = await startMlflowStub({ version: '2.22.4' })
    gateway = await openOver(stubs)
  })
  afterAll(async () => {
    await gateway?.close()
    for (const stub of Object.values(stubs)) await stub.close()
  })

  const write = fc.record({
    registry: fc.constantFrom('one', 'two'),
    kind: fc.constantFrom('insert' as const, 'delete' as const, 'rename' as const),
    at: fc.nat(60),
    to: fc.nat(60),
  })

  const touchedName = (at: number) => `row-${String(at).padStart(3, '0')}-touched`

  function apply({
    registry,
    kind,
    at,
    to,
  }: {
    registry: string
    kind: string
    at: number
    to: number
  }): void {
    const store = stubs[registry]?.store
    const name = touchedName(at)
    if (kind === 'insert' && !store?.models.has(name)) store?.addModel(name)
    if (kind === 'delete' && store?.models.has(name)) store.deleteModel(name)
    if (kind === 'rename' && store?.models.has(name) && !store.models.has(touchedName(to))) {
      store.renameModel(name, touchedName(to))
    }
  }

  it('lose and repeat no row that nobody touched', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(write, { maxLength: 8 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('NAME', 'CREATED_AT'),
        fc.constantFrom('ASC', 'DESC'),
        async (writesBetween, first, field, direction) => {
          const still: string[] = []
          for (const [registry, { store }] of Object.entries(stubs)) {
            store.models.clear()
            for (let row = 0; row < 30; row++) {
              const name = row % 2 ? touchedName(row) : `row-${String(row).padStart(3, '0')}-still`
              store.addModel(name)
              if (row % 2 === 0) still.push(`${registry}/${name}`)
            }
          }
          const seen: string[] = []
          let after: string | null = null
          for (let page = 0; ; page++) {
            const { models } = await gateway.data(query, { first, after, field, direction })
            expect(models.complete).toBe(true)
            for (const { registry, name } of models.nodes) seen.push(`${registry.name}/${name}`)
            if (!models.pageInfo.hasNextPage) break
            after = models.pageInfo.endCursor
            for (const change of writesBetween[page % writesBetween.length] ?? []) apply(change)
          }
          expect(seen.filter((row) => row.endsWith('still')).toSorted()).toEqual(still.toSorted())
        },
      ),
      { numRuns: rounds(40, 1000) },
    )
  }, 600_000)
})

describe('a server that sorts names by a locale', () => {
  const odd = ['a', 'B', 'b', 'Z', 'é', 'z', 'a-b', 'ab', 'a_b', 'aB', '～', '😀', '10', '9', 'A']

  it.each([
    ['with few models', odd],
    [
      'with many models that look well sorted until the last',
      [...Array.from({ length: 450 }, (_, i) => `m${1000 + i}`), 'zz', 'Zz'],
    ],
  ])('%s does not break an order', async (_, names) => {
    const stub = await startMlflowStub({ locale: 'en' })
    for (const name of names) stub.store.addModel(name)
    const gateway = await openOver({ stub })
    const seen: string[] = []
    let after: string | null = null
    do {
      const { models } = await gateway.data(query, { first: 40, after, field: 'NAME', direction: 'ASC' })
      seen.push(...models.nodes.map((node: { name: string }) => node.name))
      after = models.pageInfo.hasNextPage ? models.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual(names.toSorted(compareCodePoints))
    await gateway.close()
    await stub.close()
  })
})

it('a prompt, an empty registry, a server without aliases: each is what the contract says', async () => {
  const empty = await startMlflowStub()
  const ancient = await startMlflowStub({ version: '1.30.1' })
  ancient.store.addModel('old', { versions: [{ stage: 'Production' }, {}], tags: { team: 'x' } })
  ancient.store.addModel('older', { versions: [{}] })
  const prompts = await startMlflowStub()
  prompts.store.addModel('a prompt', {
    tags: { 'mlflow.prompt.is_prompt': 'true' },
    versions: [{ tags: { 'mlflow.prompt.is_prompt': 'true' } }],
  })
  prompts.store.addModel('a model', { versions: [{}] })
  const gateway = await openOver({ empty, ancient, prompts })
  const data = await gateway.data(`{
    models { nodes { name aliases { name } latestVersion { version aliases { name } } versions { nodes { version } } } complete totalCount }
    modelVersions { nodes { modelName version } complete }
    named: models(where: { name: { in: ["older", "nothing"] } }) { nodes { name } }
    prompt: model(registry: "prompts", name: "a prompt") { name }
    champion: resolveModelUri(registry: "ancient", uri: "models:/old@champion") { version }
    production: resolveModelUri(registry: "ancient", uri: "models:/old/Production") { version }
    registry(name: "ancient") { capabilities { aliases stages } }
  }`)
  expect(data.models.nodes.map((node: { name: string }) => node.name)).toEqual(['a model', 'old', 'older'])
  expect(data.models.nodes[1]).toEqual({
    name: 'old',
    aliases: [],
    latestVersion: { version: '2', aliases: [] },
    versions: { nodes: [{ version: '2' }, { version: '1' }] },
  })
  expect(data).toMatchObject({
    models: { complete: true, totalCount: 3 },
    modelVersions: { complete: true },
    named: { nodes: [{ name: 'older' }] },
    prompt: null,
    champion: null,
    production: { version: '1' },
    registry: { capabilities: { aliases: 'NONE', stages: 'NATIVE' } },
  })
  expect(data.modelVersions.nodes).toHaveLength(4)
  await gateway.close()
  await Promise.all([empty.close(), ancient.close(), prompts.close()])
})
