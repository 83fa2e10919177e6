import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { boss, nobody, openPermitted, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'

const local = (name: string, environment: string) => ({ name, adapter: 'local', environment })

/** Sees what a pattern shows, and of that not what one grant hides. */
const ann: Who = { principal: 'user:ann', default: 'NO_PERMISSIONS' }
/** Sees everything but what single grants and patterns hide, which no test on texts tells exactly. */
const bob: Who = { principal: 'user:bob', default: 'READ' }

const whole = `name members { environment { name } model { registry { name } name } } conflicts { model { name } rules message }
  alias(name: "champion") { cells { environment { name } version { version } state } }`
const list = (args: string) =>
  `{ logicalModels(${args}) { nodes { ${whole} } totalCount pageInfo { hasNextPage endCursor } complete } }`

/** What is hidden is as if it were not there: two gateways, with it and without it, answer the same. */
export function describeHiddenMembers(source: DatabaseSource): void {
  describe(`hidden members on ${source.name}`, () => {
    let withHidden: PermittedGateway
    let without: PermittedGateway

    async function open(hasHidden: boolean): Promise<PermittedGateway> {
      const gateway = await openPermitted({
        environments: ['dev', 'prod'],
        registries: [local('dev', 'dev'), local('prod', 'prod')],
        logicalModels: [
          { registry: 'dev', name: 'dev.{name}' },
          { registry: '*', name: '{name}' },
        ],
        database: { url: await source.createUrl() },
        auth: {},
      })
      const make = async (registry: string, name: string, isHidden: boolean) => {
        if (isHidden && !hasHidden) return
        const store = createLocalStore(gateway.database, registry)
        await store.models.create({ name })
        await store.versions.create({ model: name, source: 's3://b/x' })
        await store.aliases.set({ model: name, alias: 'champion' }, '1')
      }
      await make('dev', 'dev.shared', false)
      await make('prod', 'shared', true)
      await make('dev', 'dev.secret', true)
      await make('prod', 'secret', true)
      await make('dev', 'dev.twice', false)
      await make('dev', 'twice', true)
      await make('dev', 'dev.open', false)
      await make('dev', 'open', false)
      await make('prod', 'plain', false)
      await make('prod', 'team-x-hidden', true)
      const grants = [
        ['dev', 'dev.*', 'READ', ann],
        ['dev', 'dev.secret', 'NO_PERMISSIONS', ann],
        ['dev', 'open', 'READ', ann],
        ['prod', 'plain', 'READ', ann],
        ['prod', 'shared', 'NO_PERMISSIONS', bob],
        ['*', '*secret', 'NO_PERMISSIONS', bob],
        ['dev', 'twice', 'NO_PERMISSIONS', bob],
        ['prod', '*-x-*', 'NO_PERMISSIONS', bob],
      ] as const
      for (const [registry, model, permission, { principal }] of grants)
        await gateway.permissions.set({ registry, model, principal, permission })
      await gateway.sync()
      return gateway
    }

    beforeAll(async () => {
      ;[withHidden, without] = await Promise.all([open(true), open(false)])
    }, 60_000)
    afterAll(async () => {
      await Promise.all([withHidden?.close(), without?.close()])
      await source.dispose()
    })

    const queries = [
      list('first: 10'),
      list('first: 1'),
      list('first: 10, read: LIVE'),
      list('where: { missingIn: ["prod"] }'),
      list('where: { missingIn: ["dev"] }'),
      list('where: { missingIn: ["dev", "prod"] }'),
      list('where: { name: { contains: "e" } }, first: 2'),
      ...['shared', 'secret', 'twice', 'open', 'team-x-hidden'].map(
        (name) => `{ logicalModel(name: "${name}") { ${whole} } }`,
      ),
      '{ drift(alias: "champion", from: "dev", to: "prod") { logicalModel kind detail } }',
      '{ models(registries: ["dev"]) { nodes { name logicalModel { name members { model { name } } conflicts { model { name } } } } } }',
    ]

    describe.each([
      ['ann', ann],
      ['bob', bob],
    ] as const)('for %s', (_, who) => {
      it.each(queries)('%s', async (query) => {
        const expected = await without.ask(who, query)
        expect(expected.errors).toBeUndefined()
        expect(withoutCursors(await withHidden.ask(who, query))).toEqual(withoutCursors(expected))
      })
    })

    it('tells a conflict to those who see both, and joins what is left for all others', async () => {
      const twice = async (who: Who) =>
        (await withHidden.data(who, `{ logicalModel(name: "twice") { ${whole} } }`)).logicalModel
      expect(await twice(boss)).toMatchObject({
        members: [],
        conflicts: [{ model: { name: 'dev.twice' } }, { model: { name: 'twice' } }],
      })
      for (const who of [ann, bob]) {
        expect(await twice(who)).toMatchObject({ members: [{ model: { name: 'dev.twice' } }], conflicts: [] })
      }
      const { logicalModel } = await withHidden.data(ann, `{ logicalModel(name: "open") { ${whole} } }`)
      expect(logicalModel).toMatchObject({
        members: [],
        conflicts: [{ model: { name: 'dev.open' } }, { model: { name: 'open' } }],
      })
    })

    it('counts what is hidden as missing', async () => {
      const missing = async (who: Who) => {
        const { logicalModels } = await withHidden.data(who, list('where: { missingIn: ["prod"] }'))
        return logicalModels.nodes.map(({ name }: { name: string }) => name)
      }
      expect(await missing(boss)).toEqual(['open', 'twice'])
      expect(await missing(ann)).toEqual(['open', 'shared', 'twice'])
      expect(await missing(bob)).toEqual(['open', 'shared', 'twice'])
    })

    it('goes on page by page over what is hidden', async () => {
      const seen: string[] = []
      let after = ''
      for (;;) {
        const { logicalModels } = await withHidden.data(ann, list(`first: 1, after: "${after}"`))
        seen.push(...logicalModels.nodes.map(({ name }: { name: string }) => name))
        if (!logicalModels.pageInfo.hasNextPage) break
        after = logicalModels.pageInfo.endCursor
      }
      expect(seen).toEqual(['open', 'plain', 'shared', 'twice'])
    })

    it('shows none to who is not signed in', async () => {
      const query =
        '{ logicalModels { nodes { name } sources { state } } logicalModel(name: "open") { name } }'
      expect(await withHidden.data(nobody, query)).toEqual({
        logicalModels: { nodes: [], sources: [] },
        logicalModel: null,
      })
    })
  })
}

function withoutCursors(answer: object): object {
  return JSON.parse(JSON.stringify(answer).replace(/"endCursor":"[^"]*"/g, '"endCursor":""'))
}
