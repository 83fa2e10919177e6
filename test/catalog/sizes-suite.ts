import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { RegistryReads } from '../../src/federation/registry/registry-reads.ts'
import { boss, openPermitted, type PermittedGateway } from '../gateway/open-permitted.ts'
import type { DatabaseSource } from '../state/database-source.ts'

const list = (read: string) =>
  `{ modelVersions(read: ${read}, orderBy: [{ field: { by: SIZE, direction: DESC } }]) { nodes { modelName sizeBytes } } }`

export function describeSizes(source: DatabaseSource): void {
  describe(`sizes that a sync finds out, on ${source.name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'modelgate-sizes-'))
    let gateway: PermittedGateway

    beforeAll(async () => {
      gateway = await openPermitted({
        environments: ['dev'],
        registries: [{ name: 'dev', adapter: 'local', environment: 'dev', artifactFolder: folder }],
        catalog: { sizes: true },
        database: { url: await source.createUrl() },
        auth: {},
      })
      const store = createLocalStore(gateway.database, 'dev')
      const make = async (model: string, uri: string, sizeBytes: number | null = null) => {
        await store.models.create({ name: model, description: null, tags: [] })
        await store.versions.create({
          model,
          description: null,
          tags: [],
          source: uri,
          runId: null,
          sizeBytes,
        })
      }
      await make('nested', files('nested', { 'model.bin': 100, 'code/a.py': 10, 'code/deep/b.py': 1 }))
      await make('flat', files('flat', { 'model.bin': 50 }))
      await make('known', files('known', { 'model.bin': 5 }), 7000)
      await make('elsewhere', 's3://bucket/elsewhere')
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      rmSync(folder, { recursive: true })
      await source.dispose()
    })

    /** In a folder of the registry's, where it may be read. */
    function files(name: string, sizes: Readonly<Record<string, number>>): string {
      const root = join(folder, name)
      for (const [path, size] of Object.entries(sizes)) {
        mkdirSync(join(root, path, '..'), { recursive: true })
        writeFileSync(join(root, path), Buffer.alloc(size))
      }
      return pathToFileURL(root).href
    }

    const sizes = async (read: string): Promise<[string, number | null][]> => {
      const { modelVersions } = await gateway.data(boss, list(read))
      return modelVersions.nodes.map((row: { modelName: string; sizeBytes: number | null }) => [
        row.modelName,
        row.sizeBytes,
      ])
    }

    it('are those of all files, where nothing else tells them', async () => {
      const listed = vi.spyOn(RegistryReads.prototype, 'artifacts')
      await gateway.sync()
      expect(await sizes('INDEXED')).toEqual([
        ['known', 7000],
        ['nested', 111],
        ['flat', 50],
        ['elsewhere', null],
      ])
      const asked = listed.mock.calls.map(([{ model }, path]) => `${model}/${path}`)
      expect(asked.toSorted()).toEqual(['elsewhere/', 'flat/', 'nested/', 'nested/code', 'nested/code/deep'])
      // Files are never listed for a request, and not again for what is known, or could not be listed of late.
      listed.mockClear()
      expect(await sizes('LIVE')).toEqual([
        ['known', 7000],
        ['elsewhere', null],
        ['flat', null],
        ['nested', null],
      ])
      await gateway.sync()
      expect(listed).not.toHaveBeenCalled()
      listed.mockRestore()
    })

    it('stay when something else of the version is changed', async () => {
      const version = '{ key: { registry: "dev", model: "flat", version: "1" } }'
      const input = `{ version: ${version}, tags: [{ key: "team", value: "risk" }] }`
      await gateway.data(
        boss,
        `mutation { setModelVersionTags(input: ${input}) { modelVersion { version } } }`,
      )
      const store = createLocalStore(gateway.database, 'dev')
      await store.aliases.set({ model: 'flat', alias: 'champion' }, '1')
      await gateway.sync()
      expect(new Map(await sizes('INDEXED')).get('flat')).toBe(50)
    })

    it('are counted for what is new', async () => {
      const store = createLocalStore(gateway.database, 'dev')
      const rest = { description: null, tags: [], runId: null }
      await store.versions.create({ model: 'flat', ...rest, source: files('second', { m: 3000 }) })
      await gateway.sync()
      expect(await sizes('INDEXED')).toContainEqual(['flat', 3000])
    })
  })
}
