import { describe, expect, it } from 'vitest'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { createFileSource } from '../state/database-source.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** Runs against a gateway over stubs, and takes everything down again. */
async function over(
  names: readonly string[],
  config: object,
  run: (gateway: OpenGateway, stubs: readonly MlflowStub[]) => Promise<void>,
  fill: (stubs: readonly MlflowStub[]) => void = () => {},
): Promise<void> {
  const stubs = await Promise.all(names.map(() => startMlflowStub()))
  fill(stubs)
  const registries = names.map((name, index) => ({ name, adapter: 'mlflow', url: stubs[index]?.url }))
  const gateway = await openGateway({
    environments: ['dev', 'staging', 'prod'],
    registries: registries.map((registry) => ({ ...registry, environment: 'dev' })),
    ...config,
  })
  await run(gateway, stubs)
  await gateway.close()
  await Promise.all(stubs.map((stub) => stub.close()))
}

describe('a cursor', () => {
  it('survives a restart, and is refused when it was altered or is from elsewhere', async () => {
    const source = createFileSource()
    const database = { url: await source.createUrl() }
    const stub = await startMlflowStub()
    for (const name of ['a', 'b', 'c', 'd', 'e']) stub.store.addModel(name)
    const open = () =>
      openGateway({
        environments: ['dev'],
        registries: [{ name: 'one', adapter: 'mlflow', environment: 'dev', url: stub.url }],
        database,
      })
    const list = (more: string) =>
      `{ models(first: 2${more}) { nodes { name } edges { cursor } pageInfo { endCursor hasNextPage startCursor } } }`
    const before = await open()
    const { models } = await before.data(list(''))
    expect(models.edges.map((edge: { cursor: string }) => edge.cursor)).toEqual([
      models.pageInfo.startCursor,
      models.pageInfo.endCursor,
    ])
    await before.close()

    const gateway = await open()
    const askAfter = (cursor: string, more = '') =>
      gateway.ask(list(`, after: ${JSON.stringify(cursor)}${more}`))
    const names = async (cursor: string) =>
      (await askAfter(cursor)).data.models.nodes.map((node: { name: string }) => node.name)
    expect(await names(models.pageInfo.endCursor)).toEqual(['c', 'd'])
    expect(await names(models.pageInfo.startCursor)).toEqual(['b', 'c'])
    const refused = { code: 'BAD_USER_INPUT', field: 'after' }
    const { endCursor } = models.pageInfo
    const altered = `${endCursor.slice(0, 20)}${endCursor[20] === 'A' ? 'B' : 'A'}${endCursor.slice(21)}`
    expect(await names('')).toEqual(['a', 'b'])
    for (const cursor of [altered, 'nonsense', endCursor.slice(0, -4)]) {
      expect((await askAfter(cursor)).errors?.[0]?.extensions).toMatchObject(refused)
    }
    for (const other of [
      ', includeArchived: true',
      ', registries: ["one"]',
      ', where: { name: { ne: "a" } }',
    ]) {
      expect((await askAfter(endCursor, other)).errors?.[0]?.extensions).toMatchObject(refused)
    }
    expect((await askAfter(endCursor, ', registries: null, where: null')).errors).toBeUndefined()
    await gateway.close()
    await stub.close()
    await source.dispose()
  })
})

it('bad input gets a code and the argument’s name, or null where the contract says null', async () => {
  await over(
    ['one'],
    {},
    async (gateway) => {
      const refusals: [string, string][] = [
        ['models(first: 0) { complete }', 'first'],
        ['models(first: 501) { complete }', 'first'],
        ['models(first: -1) { complete }', 'first'],
        ['models(first: 100000) { complete }', 'first'],
        ['models(registries: ["nope"]) { complete }', 'registries'],
        ['models(environments: ["nope"]) { complete }', 'environments'],
        ['modelVersions(environments: ["nope"]) { complete }', 'environments'],
        ['registries(environments: ["nope"]) { name }', 'environments'],
        ['registry(name: "nope") { name }', 'name'],
        ['model(registry: "nope", name: "a") { name }', 'registry'],
        ['modelVersion(registry: "nope", model: "a", version: "1") { version }', 'registry'],
        ['resolveModelUri(uri: "models:/a/1") { version }', 'uri'],
        ['resolveModelUri(uri: "a/1", registry: "one") { version }', 'uri'],
        ['resolveModelUri(uri: "models:/a/1", registry: "nope") { version }', 'registry'],
        ['compareVersions(from: { id: "x" }, to: { id: "x" }) { sameArtifact }', 'from'],
        ['models(where: { tag: { key: "a", exists: false, value: { eq: "b" } } }) { complete }', 'where'],
      ]
      for (const [field, argument] of refusals) {
        const { errors } = await gateway.ask(`{ ${field} }`)
        expect(errors?.[0]?.extensions, field).toMatchObject({
          code: 'BAD_USER_INPUT',
          field: argument,
          retryable: false,
        })
      }
      const many = Array.from({ length: 501 }, () => '"x"').join(' ')
      expect((await gateway.ask(`{ nodes(ids: [${many}]) { id } }`)).errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'ids',
      })
      expect(
        await gateway.data(`{ node(id: "nonsense") { id } nodes(ids: ["x", ""]) { id }
          model(registry: "one", name: "nope") { name } version: modelVersion(registry: "one", model: "a", version: "99") { version }
          strange: modelVersion(registry: "one", model: "a", version: "not a number") { version }
          there: model(registry: "one", name: "a") { version(version: "99") { version } alias(name: "nope") { name } tag(key: "nope") }
          models(first: null, registries: null) { nodes { name } } none: models(registries: []) { nodes { name } complete totalCount } }`),
      ).toEqual({
        node: null,
        nodes: [null, null],
        model: null,
        version: null,
        strange: null,
        there: { version: null, alias: null, tag: null },
        models: { nodes: [{ name: 'a' }] },
        none: { nodes: [], complete: true, totalCount: 0 },
      })
    },
    ([stub]) => stub?.store.addModel('a', { versions: [{}] }),
  )
})

it('a model with 5,000 versions is paged, filtered and opened', async () => {
  await over(
    ['one'],
    {},
    async (gateway, [stub]) => {
      const data = await gateway.data(`{ model(registry: "one", name: "big") {
        latestVersion { version } production: latestVersion(stage: "production") { version } version(version: "17") { version }
        versions(first: 500) { nodes { version } totalCount pageInfo { hasNextPage endCursor } }
        tagged: versions(where: { tag: { key: "nth", value: { eq: "1000" } } }) { nodes { version } totalCount } } }`)
      const { versions, ...rest } = data.model
      expect(rest).toEqual({
        latestVersion: { version: '5000' },
        production: { version: '2500' },
        version: { version: '17' },
        tagged: { nodes: [{ version: '1000' }], totalCount: 1 },
      })
      expect(versions.nodes.map((node: { version: string }) => node.version)).toEqual(
        Array.from({ length: 500 }, (_, index) => String(5000 - index)),
      )
      const seen = [...versions.nodes]
      stub?.log.reset()
      for (let after = versions.pageInfo.endCursor; after; ) {
        const page = (
          await gateway.data(
            `query ($after: String) { model(registry: "one", name: "big") { versions(first: 500, after: $after) { nodes { version } pageInfo { hasNextPage endCursor } } } }`,
            { after },
          )
        ).model.versions
        seen.push(...page.nodes)
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      }
      expect(seen.map(({ version }) => version)).toEqual(
        Array.from({ length: 5000 }, (_, index) => String(5000 - index)),
      )
      // Nine pages, each with the model; the first of them begins where a batch ended, which leaves no hint.
      expect(stub?.log.requests.length).toBe(19)
    },
    ([stub]) => {
      stub?.store.addModel('big')
      for (let number = 1; number <= 5000; number++) {
        stub?.store.addVersion('big', {
          tags: { nth: String(number) },
          ...(number === 2500 ? { stage: 'Production' } : {}),
        })
      }
    },
  )
})

it('a registry that holds several environments by prefix is asked for the prefix only', async () => {
  const main = await startMlflowStub()
  const dev = await startMlflowStub()
  for (const name of ['dev.ml_team.revenue', 'staging.ml_team.revenue', 'prod.ml_team.revenue', 'stray']) {
    main.store.addModel(name, { versions: [{}] })
  }
  dev.store.addModel('revenue', { versions: [{}] })
  const gateway = await openGateway({
    environments: ['dev', 'staging', 'prod'],
    registries: [
      { name: 'main', adapter: 'mlflow', url: main.url },
      { name: 'dev', adapter: 'mlflow', environment: 'dev', url: dev.url },
    ],
    logicalModels: [
      { registry: 'main', name: '{environment}.{name}' },
      { registry: '*', name: '{name}' },
    ],
  })
  main.log.reset()
  dev.log.reset()
  const data = await gateway.data(`{
    prod: models(environments: ["prod"]) { nodes { name environment { name rank } } sources { registry { name } } }
    dev: models(environments: ["dev"]) { nodes { name registry { name } } sources { registry { name } } }
    versions: modelVersions(environments: ["staging"]) { nodes { modelName } }
    all: models { nodes { name environment { name } } }
    environments { name registries { name } } registries(environments: ["staging"]) { name } }`)
  expect(data).toEqual({
    prod: {
      nodes: [{ name: 'prod.ml_team.revenue', environment: { name: 'prod', rank: 2 } }],
      sources: [{ registry: { name: 'main' } }],
    },
    dev: {
      nodes: [
        { name: 'dev.ml_team.revenue', registry: { name: 'main' } },
        { name: 'revenue', registry: { name: 'dev' } },
      ],
      sources: [{ registry: { name: 'main' } }, { registry: { name: 'dev' } }],
    },
    versions: { nodes: [{ modelName: 'staging.ml_team.revenue' }] },
    all: {
      nodes: [
        { name: 'dev.ml_team.revenue', environment: { name: 'dev' } },
        { name: 'prod.ml_team.revenue', environment: { name: 'prod' } },
        { name: 'revenue', environment: { name: 'dev' } },
        { name: 'staging.ml_team.revenue', environment: { name: 'staging' } },
        { name: 'stray', environment: null },
      ],
    },
    environments: [
      { name: 'dev', registries: [{ name: 'main' }, { name: 'dev' }] },
      { name: 'staging', registries: [{ name: 'main' }] },
      { name: 'prod', registries: [{ name: 'main' }] },
    ],
    registries: [{ name: 'main' }],
  })
  const filters = main.log.requests.map((request) => request.query.get('filter') ?? '')
  expect(filters.filter((filter) => filter.includes("LIKE 'prod.%'"))).toHaveLength(1)
  // Its two lists ask for the same, and share one request.
  expect(dev.log.requests.length).toBe(1)
  await gateway.close()
  await main.close()
  await dev.close()
})
