import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { CatalogReads } from '../../src/state/catalog/catalog-reads.ts'
import { boss, openPermitted, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'

const registryNames = ['dev', 'prod', 'other']
const reader: Who = { principal: 'user:reader', default: 'NO_PERMISSIONS' }

const copiesOf = `query ($registry: String = "dev", $model: String!, $version: String = "1", $first: Int, $after: String) {
  modelVersion(registry: $registry, model: $model, version: $version) {
    copies(first: $first, after: $after) {
      nodes { registry { name } modelName version copiedFrom { version } } totalCount complete
      sources { registry { name } state } pageInfo { hasNextPage endCursor } } } }`

interface Copies {
  readonly nodes: readonly {
    readonly registry: { name: string }
    readonly modelName: string
    readonly version: string
  }[]
}

const placesOf = ({ nodes }: Copies) =>
  nodes.map((node) => `${node.registry.name}/${node.modelName}/${node.version}`)

export function describeCopies(source: DatabaseSource): void {
  describe(`copies on ${source.name}`, () => {
    let gateway: PermittedGateway

    beforeAll(async () => {
      gateway = await openPermitted({
        environments: ['dev', 'prod'],
        registries: registryNames.map((name) => ({ name, adapter: 'local', environment: 'prod' })),
        database: { url: await source.createUrl() },
        auth: {},
      })
      const dev = createLocalStore(gateway.database, 'dev')
      const rest = { description: null, tags: [] }
      for (const model of ['m', 'busy', 'bare']) {
        await dev.models.create({ name: model, ...rest })
        await dev.versions.create({ model, ...rest, source: `s3://bucket/${model}`, runId: null })
      }
      await gateway.sync()
      for (const [registry, name] of [
        ['prod', 'shown.m'],
        ['prod', 'hidden.m'],
        ['dev', 'shown.again'],
        ['other', 'shown.m'],
      ]) {
        await copy({ registry: 'dev', model: 'm', version: '1' }, { registry, name })
      }
      await copy(
        { registry: 'prod', model: 'shown.m', version: '1' },
        { registry: 'other', name: 'shown.next' },
      )
      await gateway.permissions.set({
        registry: '*',
        model: 'shown.*',
        principal: reader.principal,
        permission: 'READ',
      })
      await gateway.permissions.set({
        registry: 'dev',
        model: 'm',
        principal: reader.principal,
        permission: 'READ',
      })
    }, 120_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    async function copy(from: object, destination: object): Promise<void> {
      await gateway.data(
        boss,
        `mutation ($input: CopyModelVersionInput!) { copyModelVersion(input: $input) { modelVersion { version } } }`,
        { input: { source: { key: from }, destination } },
      )
    }

    const ask = async (who: Who, variables: object) =>
      (await gateway.data(who, copiesOf, variables)).modelVersion.copies

    it('are one hop on, in all registries, as soon as they are made', async () => {
      const found = await ask(boss, { model: 'm' })
      expect(placesOf(found)).toEqual([
        'prod/hidden.m/1',
        'dev/shown.again/1',
        'other/shown.m/1',
        'prod/shown.m/1',
      ])
      expect(found).toMatchObject({ totalCount: 4, complete: true })
      expect(found.sources.map(({ state }: { state: string }) => state)).toEqual(['OK', 'OK', 'OK'])
      for (const { copiedFrom } of found.nodes) expect(copiedFrom).toEqual({ version: '1' })
      expect(placesOf(await ask(boss, { registry: 'prod', model: 'shown.m' }))).toEqual([
        'other/shown.next/1',
      ])
      expect(await ask(boss, { model: 'bare' })).toMatchObject({ nodes: [], totalCount: 0 })
    })

    it('are not counted where one may not see them', async () => {
      const found = await ask(reader, { model: 'm' })
      expect(placesOf(found)).toEqual(['dev/shown.again/1', 'other/shown.m/1', 'prod/shown.m/1'])
      expect(found).toMatchObject({ totalCount: 3, complete: true })
    })

    it('come in pages, whose cursors are of this version', async () => {
      const places: string[] = []
      let after: string | null = null
      do {
        const page: Copies & { pageInfo: { endCursor: string; hasNextPage: boolean } } = await ask(boss, {
          model: 'm',
          first: 1,
          after,
        })
        places.push(...placesOf(page))
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
        if (after !== null) {
          const { errors } = await gateway.ask(boss, copiesOf, { model: 'bare', after })
          expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
        }
      } while (after !== null)
      expect(places).toEqual(placesOf(await ask(boss, { model: 'm' })))
    })

    it('of many versions are read by one batch for each registry', async () => {
      const copies = vi.spyOn(CatalogReads.prototype, 'copiesOf')
      const lists = vi.spyOn(CatalogReads.prototype, 'listVersions')
      for (const read of ['LIVE', 'INDEXED']) {
        copies.mockClear()
        const query = `{ modelVersions(read: ${read}) { nodes { copies { nodes { version } } } } }`
        const { modelVersions } = await gateway.data(boss, query)
        expect(modelVersions.nodes).toHaveLength(8)
        expect(copies.mock.calls.map(([, origins]) => origins.length)).toEqual([8, 8, 8])
      }
      // The list itself, and nothing else.
      expect(lists).toHaveBeenCalledTimes(registryNames.length)
      vi.restoreAllMocks()
    })

    it('of one that has more than a batch are all there', async () => {
      const prod = createLocalStore(gateway.database, 'prod')
      const rest = { description: null, runId: null }
      const tags = [{ key: 'modelgate.copied_from', value: 'models://dev/busy/1' }]
      await prod.models.create({ name: 'shown.many', description: null, tags: [] })
      const source = 's3://bucket/busy'
      for (let count = 0; count < 1003; count++)
        await prod.versions.create({ model: 'shown.many', ...rest, tags, source })
      await gateway.sync()
      const seen = new Set<string>()
      let after: string | null = null
      for (;;) {
        const page: Copies & {
          totalCount: number | null
          pageInfo: { endCursor: string; hasNextPage: boolean }
        } = await ask(boss, { model: 'busy', first: 500, after })
        for (const place of placesOf(page)) seen.add(place)
        if (!page.pageInfo.hasNextPage) break
        after = page.pageInfo.endCursor
      }
      expect(seen.size).toBe(1003)
    }, 60_000)

    it('are no copies of what has the name of their origin by now', async () => {
      const ofModel = '{ model: { key: { registry: "dev", name: "m" } } }'
      await gateway.data(boss, `mutation { deleteModel(input: ${ofModel}) { deletedId } }`)
      const made =
        '{ model: { key: { registry: "dev", name: "m" } }, createModel: true, source: "s3://bucket/another" }'
      await gateway.data(boss, `mutation { createModelVersion(input: ${made}) { modelVersion { version } } }`)
      expect(await ask(boss, { model: 'm' })).toMatchObject({ nodes: [], totalCount: 0, complete: true })
    })
  })
}
