import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilSynced } from '../catalog/indexed-suite.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import type { DatabaseSource } from '../state/database-source.ts'

const local = (name: string, environment?: string) => ({
  name,
  adapter: 'local',
  ...(environment && { environment }),
})

const rules = [
  { registry: 'dev', tag: 'business-name' },
  { registry: 'dev', name: 'dev.{name}' },
  { registry: 'main', name: '{environment}.{name}' },
  { registry: 'prod', tag: 'business-name' },
  { registry: 'prod', name: '{environment}.{name}' },
  { registry: '*', name: '{name}' },
]
const [byTag, byPrefix, byEnvironment, byName] = [
  'logicalModels[0] { registry: dev, tag: business-name }',
  'logicalModels[1] { registry: dev, name: dev.{name} }',
  'logicalModels[2] { registry: main, name: {environment}.{name} }',
  'logicalModels[5] { registry: *, name: {name} }',
]

const whole = `name members { environment { name } model { registry { name } name } matchedBy }
  conflicts { model { registry { name } name } rules message }`
const ref = (registry: string, name: string) => `model: { key: { registry: "${registry}", name: "${name}" } }`

/** What belongs together, and how that stays true while models come, change and go. */
export function describeLogicalModels(source: DatabaseSource): void {
  describe(`logical models on ${source.name}`, () => {
    let gateway: OpenGateway

    beforeAll(async () => {
      gateway = await openGateway({
        environments: ['dev', 'staging', 'prod'],
        registries: [local('dev', 'dev'), local('main'), local('prod', 'prod'), local('prod-2', 'prod')],
        logicalModels: rules,
        database: { url: await source.createUrl() },
        catalog: { syncEvery: '1h' },
      })
      await untilSynced(gateway)
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    const write = (mutation: string, result: string) => gateway.data(`mutation { ${mutation} { ${result} } }`)
    const create = (registry: string, name: string, tags = '[]') =>
      write(`createModel(input: { registry: "${registry}", name: "${name}", tags: ${tags} })`, 'model { id }')
    const read = async (name: string, mode = 'INDEXED') => {
      const { logicalModel } = await gateway.data(
        `query ($name: String!) { logicalModel(name: $name, read: ${mode}) { ${whole} } }`,
        { name },
      )
      return logicalModel && { ...logicalModel, members: logicalModel.members.map(inShort) }
    }
    const list = async (args: string) =>
      (
        await gateway.data(`{ logicalModels(${args}) {
      nodes { name } edges { cursor } totalCount complete pageInfo { hasNextPage endCursor } sources { registry { name } state } } }`)
      ).logicalModels

    it('joins models by the first rule that matches, which each of them says', async () => {
      await create('dev', 'dev.churn')
      await create('main', 'staging.churn')
      await create('main', 'prod.churn')
      await create('prod', 'churn')
      await create('prod-2', 'Kündigung')
      await create('dev', 'dev.other-name', '[{ key: "business-name", value: "Kündigung" }]')
      const expected = [
        ['dev', 'dev', 'dev.churn', byPrefix],
        ['staging', 'main', 'staging.churn', byEnvironment],
        ['prod', 'main', 'prod.churn', byEnvironment],
        ['prod', 'prod', 'churn', byName],
      ]
      for (const mode of ['INDEXED', 'LIVE']) {
        expect(await read('churn', mode)).toEqual({ name: 'churn', members: expected, conflicts: [] })
        expect((await read('Kündigung', mode)).members).toEqual([
          ['dev', 'dev', 'dev.other-name', byTag],
          ['prod', 'prod-2', 'Kündigung', byName],
        ])
      }
      expect(await read('other-name')).toBeNull()
      expect(await read('Churn')).toBeNull()
    })

    it('is what a model says it belongs to, and its environment is by its rule', async () => {
      const query = (mode: string) =>
        `{ models(read: ${mode}) { nodes { name environment { name } logicalModel { name members { model { name } } } } } }`
      const { models } = await gateway.data(query('INDEXED'))
      const of = (name: string) => models.nodes.find((each: { name: string }) => each.name === name)
      expect(of('staging.churn')).toMatchObject({
        environment: { name: 'staging' },
        logicalModel: { name: 'churn' },
      })
      expect(of('staging.churn').logicalModel.members).toHaveLength(4)
      expect(of('dev.other-name')).toMatchObject({
        environment: { name: 'dev' },
        logicalModel: { name: 'Kündigung' },
      })
      expect(await gateway.data(query('LIVE'))).toEqual({ models })
    })

    it('says what lists and searches by environment hold, also where a tag decides against a name', async () => {
      await create('prod', 'dev.as-it-is', '[{ key: "business-name", value: "as-it-is" }]')
      await create('prod', 'dev.moved-here')
      const query = (environment: string) => `{ search(text: "as it is", environments: ["${environment}"]) {
        nodes { ... on Model { name } } } }`
      const found = async (environment: string) => (await gateway.data(query(environment))).search.nodes
      expect(await found('prod')).toEqual([{ name: 'dev.as-it-is' }])
      expect(await found('dev')).toEqual([])
      const { models } = await gateway.data(
        '{ models(registries: ["prod"], environments: ["dev"], read: INDEXED) { nodes { name } } }',
      )
      expect(models.nodes).toEqual([{ name: 'dev.moved-here' }])
    })

    it('follows what is made, tagged, renamed and deleted', async () => {
      await create('dev', 'dev.moving')
      expect((await read('moving')).members).toEqual([['dev', 'dev', 'dev.moving', byPrefix]])
      const tags = '[{ key: "business-name", value: "moved" }]'
      await write(`setModelTags(input: { ${ref('dev', 'dev.moving')}, tags: ${tags} })`, 'model { id }')
      expect(await read('moving')).toBeNull()
      expect((await read('moved')).members).toEqual([['dev', 'dev', 'dev.moving', byTag]])
      await write(
        `deleteModelTags(input: { ${ref('dev', 'dev.moving')}, keys: ["business-name"] })`,
        'model { id }',
      )
      expect(await read('moved')).toBeNull()
      await write(
        `renameModel(input: { ${ref('dev', 'dev.moving')}, newName: "dev.renamed" })`,
        'model { id }',
      )
      expect(await read('moving')).toBeNull()
      expect((await read('renamed')).members).toEqual([['dev', 'dev', 'dev.renamed', byPrefix]])
      await write(`deleteModel(input: { ${ref('dev', 'dev.renamed')} })`, 'deletedId')
      expect(await read('renamed')).toBeNull()
    })

    it('reports models of one registry and environment that claim one name, and joins none of them', async () => {
      await create('prod', 'twice')
      await create('dev', 'dev.twice')
      await create('dev', 'twice')
      const { members, conflicts } = await read('twice')
      expect(members).toEqual([['prod', 'prod', 'twice', byName]])
      expect(conflicts).toMatchObject([
        { model: { name: 'dev.twice' }, rules: [byPrefix, byName] },
        { model: { name: 'twice', registry: { name: 'dev' } }, rules: [byName, byPrefix] },
      ])
      expect(conflicts[0].message).toBe(
        'In "dev", "twice" claims the same name in the environment "dev"; rename one, or change the rules.',
      )
      await write(`deleteModel(input: { ${ref('dev', 'twice')} })`, 'deletedId')
      expect(await read('twice')).toMatchObject({
        conflicts: [],
        members: [['dev', 'dev', 'dev.twice', byPrefix], {}],
      })
    })

    it('has no place for a model without an environment', async () => {
      await create('main', 'loose')
      expect(await read('loose')).toBeNull()
      const { model } = await gateway.data(
        '{ model(registry: "main", name: "loose") { environment { name } logicalModel { name } } }',
      )
      expect(model).toEqual({ environment: null, logicalModel: null })
    })

    it('lists them by name, page by page', async () => {
      for (let number = 0; number < 7; number++) await create('prod', `page-${number}`)
      const where = 'where: { name: { startsWith: "page-" } }'
      const seen: string[] = []
      let after = ''
      for (;;) {
        const page = await list(`${where}, first: 3, after: "${after}"`)
        seen.push(...page.nodes.map(({ name }: { name: string }) => name))
        expect(page.complete).toBe(true)
        expect(page.sources).toHaveLength(4)
        after = page.pageInfo.endCursor
        if (!page.pageInfo.hasNextPage) break
      }
      expect(seen).toEqual(Array.from({ length: 7 }, (_, number) => `page-${number}`))
      expect(await list(where)).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: false } })
      expect((await list('where: { name: { eq: "KÜNDIGUNG", ignoreCase: true } }')).nodes).toEqual([
        { name: 'Kündigung' },
      ])
      const other = `{ logicalModels(first: 3, after: "${(await list(`${where}, first: 1`)).pageInfo.endCursor}") { nodes { name } } }`
      expect((await gateway.ask(other)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', field: 'after' } },
      ])
    })

    it('says what is missing where', async () => {
      const missing = async (environments: string) =>
        (
          await list(`where: { name: { in: ["churn", "twice", "page-0"] }, missingIn: ${environments} }`)
        ).nodes.map(({ name }: { name: string }) => name)
      expect(await missing('["staging"]')).toEqual(['page-0', 'twice'])
      expect(await missing('["dev", "staging"]')).toEqual(['page-0'])
      expect(await missing('[]')).toEqual(['churn', 'page-0', 'twice'])
      const { errors } = await gateway.ask(
        '{ logicalModels(where: { missingIn: ["nowhere"] }) { nodes { name } } }',
      )
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'where' } }])
    })

    it('is a node', async () => {
      const { logicalModel } = await gateway.data('{ logicalModel(name: "churn") { id } }')
      const { node } = await gateway.data(
        'query ($id: ID!) { node(id: $id) { __typename id ... on LogicalModel { name } } }',
        {
          id: logicalModel.id,
        },
      )
      expect(node).toEqual({ __typename: 'LogicalModel', id: logicalModel.id, name: 'churn' })
    })
  })
}

interface Member {
  readonly environment: { readonly name: string }
  readonly model: { readonly registry: { readonly name: string }; readonly name: string }
  readonly matchedBy: string
}

function inShort({ environment, model, matchedBy }: Member): string[] {
  return [environment.name, model.registry.name, model.name, matchedBy]
}
