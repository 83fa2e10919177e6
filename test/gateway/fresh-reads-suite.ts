import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** What a registry named `main` gives to read after it was written to. */
export function describeFreshReads(
  title: string,
  writes: number,
  config: () => Promise<object>,
  settings: object = {},
): void {
  describe(`reads of ${title}`, () => {
    const prefix = `fresh-${randomUUID().slice(0, 8)}`
    let gateway: OpenGateway

    beforeAll(async () => {
      gateway = await openGateway({ environments: ['dev'], registries: [await config()], ...settings })
    })
    afterAll(() => gateway?.close())

    const keyOf = (name: string) => ({ key: { registry: 'main', name } })
    const make = async (own: string, versions: number) => {
      const name = `${prefix}-${own}`
      await gateway.data(mutations.createModel, { input: { registry: 'main', name } })
      for (let version = 1; version <= versions; version++) {
        const input = { model: keyOf(name), source: `s3://bucket/${version}` }
        await gateway.data(mutations.createVersion, { input })
      }
      return name
    }

    it('see in each payload of a document what the mutations up to it have written', async () => {
      const name = await make('document', 2)
      const document = `mutation ($model: ModelRef!, $version: ModelVersionRef!) {
        first: setAlias(input: { model: $model, alias: "champion", version: "1" }) {
          previousVersion alias { versionNumber version { version aliases { name } model { aliases { versionNumber } } } }
        }
        tagged: setModelTags(input: { model: $model, tags: [{ key: "a", value: "1" }] }) { model { tags { value } } }
        second: setAlias(input: { model: $model, alias: "champion", version: "2", expectedVersion: "1" }) {
          previousVersion alias { versionNumber version { version aliases { name } model { aliases { versionNumber } tags { value } } } }
        }
        retagged: setModelTags(input: { model: $model, tags: [{ key: "a", value: "2" }] }) {
          model { tags { value } aliases { versionNumber } }
        }
        made: createModelVersion(input: { model: $model, source: "s3://bucket/3" }) {
          modelVersion { version model { versions { nodes { version } totalCount } latestVersion { version } tags { value } } }
        }
        moved: transitionStage(input: { version: $version, stage: "Production" }) {
          modelVersion { stage model { latestVersion(stage: "Production") { version } versions { nodes { version stage } } } }
        }
        unset: deleteAlias(input: { model: $model, alias: "champion" }) { model { aliases { name } latestVersion { version aliases { name } } } }
        gone: deleteModelVersion(input: { version: $version }) { deletedId }
        described: updateModel(input: { model: $model, description: "done" }) {
          model { description versions { nodes { version } } }
        }
      }`
      const version = { key: { registry: 'main', model: name, version: '1' } }
      expect(await gateway.data(document, { model: keyOf(name), version })).toEqual({
        first: {
          previousVersion: null,
          alias: {
            versionNumber: '1',
            version: {
              version: '1',
              aliases: [{ name: 'champion' }],
              model: { aliases: [{ versionNumber: '1' }] },
            },
          },
        },
        tagged: { model: { tags: [{ value: '1' }] } },
        second: {
          previousVersion: '1',
          alias: {
            versionNumber: '2',
            version: {
              version: '2',
              aliases: [{ name: 'champion' }],
              model: { aliases: [{ versionNumber: '2' }], tags: [{ value: '1' }] },
            },
          },
        },
        retagged: { model: { tags: [{ value: '2' }], aliases: [{ versionNumber: '2' }] } },
        made: {
          modelVersion: {
            version: '3',
            model: {
              versions: { nodes: [{ version: '3' }, { version: '2' }, { version: '1' }], totalCount: 3 },
              latestVersion: { version: '3' },
              tags: [{ value: '2' }],
            },
          },
        },
        moved: {
          modelVersion: {
            stage: 'Production',
            model: {
              latestVersion: { version: '1' },
              versions: {
                nodes: [
                  { version: '3', stage: 'None' },
                  { version: '2', stage: 'None' },
                  { version: '1', stage: 'Production' },
                ],
              },
            },
          },
        },
        unset: { model: { aliases: [], latestVersion: { version: '3', aliases: [] } } },
        gone: { deletedId: expect.any(String) },
        described: {
          model: { description: 'done', versions: { nodes: [{ version: '3' }, { version: '2' }] } },
        },
      })
    })

    it('see every write that was answered, however many others read the same', async () => {
      const name = await make('readers', 2)
      const query = `query ($name: String!) {
        model(registry: "main", name: $name) { tag(key: "count") aliases { versionNumber } versions { nodes { version aliases { name } } } }
        models(where: { name: { eq: $name } }) { nodes { tag(key: "count") } }
        resolveModelUri(registry: "main", uri: "models:/${name}@champion") { version }
      }`
      const read = () => gateway.data(query, { name })
      let isOver = false
      const readers = Array.from({ length: 4 }, async () => {
        while (!isOver) await read()
      })
      for (let count = 1; count <= writes; count++) {
        const version = String((count % 2) + 1)
        const tags = [{ key: 'count', value: String(count) }]
        await gateway.data(mutations.setModelTags, { input: { model: keyOf(name), tags } })
        await gateway.data(mutations.setAlias, { input: { model: keyOf(name), alias: 'champion', version } })
        expect(await read()).toEqual({
          model: {
            tag: String(count),
            aliases: [{ versionNumber: version }],
            versions: {
              nodes: ['2', '1'].map((each) => ({
                version: each,
                aliases: each === version ? [{ name: 'champion' }] : [],
              })),
            },
          },
          models: { nodes: [{ tag: String(count) }] },
          resolveModelUri: { version },
        })
      }
      isOver = true
      await Promise.all(readers)
    })
  })
}
