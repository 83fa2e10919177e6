import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** What every registry named `main` does with every mutation, whatever is behind it. */
export function describeWrites(title: string, config: () => Promise<object>): void {
  describe(title, () => {
    let gateway: OpenGateway
    const prefix = `writes-${randomUUID().slice(0, 8)}`
    const name = (own: string) => `${prefix}-${own}`
    const key = (own: string) => ({ key: { registry: 'main', name: name(own) } })
    const version = (own: string, number = '1') => ({
      key: { registry: 'main', model: name(own), version: number },
    })
    const run = (document: string, input: object) => gateway.data(document, { input })
    const fail = async (document: string, input: object) => {
      const { data, errors } = await gateway.ask(document, { input })
      expect(Object.values(data ?? {})).toEqual([null])
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message ?? '' }
    }
    const make = async (own: string, versions = 1) => {
      await run(mutations.createModel, { registry: 'main', name: name(own) })
      for (let count = 0; count < versions; count++) {
        await run(mutations.createVersion, { model: key(own), source: `s3://bucket/${own}/${count + 1}` })
      }
    }
    const load = async (own: string) =>
      (await gateway.data(mutations.load, { registry: 'main', name: name(own) })).model

    beforeAll(async () => {
      gateway = await openGateway(await config())
    })
    afterAll(() => gateway.close())

    it('creates, describes, renames and deletes a model', async () => {
      const tags = [
        { key: 'team', value: 'risk' },
        { key: 'empty', value: '' },
        { key: 'a/b.c-d e:f', value: '"quoted" \\ \n 🚀' },
      ]
      const input = { registry: 'main', name: name('Модель ü "x" 100%'), description: 'Ünï\n🚀', tags }
      const { createModel } = await run(mutations.createModel, input)
      const { id } = createModel.model
      expect(createModel.model).toEqual({
        id,
        name: input.name,
        description: 'Ünï\n🚀',
        tags: tags.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      })
      expect(
        (await run(mutations.updateModel, { model: { id }, description: 'other' })).updateModel.model,
      ).toMatchObject({
        description: 'other',
        tags: createModel.model.tags,
      })
      const cleared = await run(mutations.updateModel, { model: { id }, description: '' })
      expect(cleared.updateModel.model.description).toBeNull()
      const renamed = await run(mutations.renameModel, { model: { id }, newName: name('renamed') })
      expect(renamed.renameModel.model).toMatchObject({ name: name('renamed'), tags: createModel.model.tags })
      expect(await gateway.data('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null })
      const newId = renamed.renameModel.model.id
      expect(newId).not.toBe(id)
      expect(await run(mutations.deleteModel, { model: { id: newId } })).toEqual({
        deleteModel: { deletedId: newId },
      })
      expect(await load('renamed')).toBeNull()
    })

    it('registers versions of storage URIs and of versions, described and tagged', async () => {
      await make('versions', 0)
      const first = await run(mutations.createVersion, {
        model: key('versions'),
        source: 's3://bucket/the model/1',
        description: 'первая',
        tags: [{ key: 'gate', value: 'passed' }],
      })
      expect(first.createModelVersion.modelVersion).toMatchObject({
        version: '1',
        source: 's3://bucket/the model/1',
        artifactUri: 's3://bucket/the model/1',
        description: 'первая',
        tags: [{ key: 'gate', value: 'passed' }],
        stage: 'None',
        status: 'READY',
      })
      await run(mutations.setAlias, { model: key('versions'), alias: 'champion', version: '1' })
      await run(mutations.transitionStage, { version: version('versions'), stage: 'production' })
      for (const source of ['/1', '@champion', '/Production', '/latest']) {
        const uri = `models:/${name('versions')}${source}`
        const made = await run(mutations.createVersion, {
          model: key('from'),
          createModel: true,
          source: uri,
        })
        expect(made.createModelVersion.modelVersion).toMatchObject({
          source: `models:/${name('versions')}/1`,
          artifactUri: 's3://bucket/the model/1',
          copiedFrom: { version: '1', modelName: name('versions') },
        })
      }
      expect((await load('from')).versions.nodes.map((node: { version: string }) => node.version)).toEqual([
        '4',
        '3',
        '2',
        '1',
      ])
    })

    it('never gives a number twice', async () => {
      await make('numbers', 2)
      const deleted = await run(mutations.deleteVersion, { version: version('numbers', '2') })
      expect(deleted.deleteModelVersion.deletedId).toBeTypeOf('string')
      await run(mutations.createVersion, { model: key('numbers'), source: 's3://bucket/3' })
      const { versions } = await load('numbers')
      expect(versions.nodes.map((node: { version: string }) => node.version)).toEqual(['3', '1'])
    })

    it('sets and deletes tags of models and versions, each on its own', async () => {
      await make('tags')
      const both = [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ]
      await run(mutations.setModelTags, { model: key('tags'), tags: both })
      const changed = await run(mutations.setModelTags, {
        model: key('tags'),
        tags: [{ key: 'b', value: '3' }],
      })
      expect(changed.setModelTags.model.tags).toEqual([both[0], { key: 'b', value: '3' }])
      const left = await run(mutations.deleteModelTags, { model: key('tags'), keys: ['a', 'never there'] })
      expect(left.deleteModelTags.model.tags).toEqual([{ key: 'b', value: '3' }])
      await run(mutations.setVersionTags, { version: version('tags'), tags: both })
      const rest = await run(mutations.deleteVersionTags, { version: version('tags'), keys: ['b'] })
      expect(rest.deleteModelVersionTags.modelVersion.tags).toEqual([both[0]])
      const described = await run(mutations.updateVersion, { version: version('tags'), description: 'now' })
      expect(described.updateModelVersion.modelVersion).toMatchObject({ description: 'now', tags: [both[0]] })
    })

    it('moves aliases, with and without a holder that is expected', async () => {
      await make('aliases', 3)
      const set = (number: string, more = {}) =>
        run(mutations.setAlias, { model: key('aliases'), alias: 'Чемпион-1', version: number, ...more })
      expect((await set('1', { onlyIfUnset: true })).setAlias).toEqual({
        previousVersion: null,
        alias: {
          name: 'Чемпион-1',
          versionNumber: '1',
          version: { version: '1', aliases: [{ name: 'Чемпион-1' }] },
        },
      })
      expect((await set('2', { expectedVersion: '1' })).setAlias).toMatchObject({ previousVersion: '1' })
      for (const more of [{ expectedVersion: '1' }, { onlyIfUnset: true }]) {
        const input = { model: key('aliases'), alias: 'Чемпион-1', version: '3', ...more }
        expect(await fail(mutations.setAlias, input)).toMatchObject({
          code: 'CONFLICT',
          current: '2',
          registry: 'main',
        })
      }
      const input = { model: key('aliases'), alias: 'new', version: '3', expectedVersion: '1' }
      expect(await fail(mutations.setAlias, input)).toMatchObject({ code: 'CONFLICT', current: null })
      expect((await load('aliases')).aliases).toEqual([{ name: 'Чемпион-1', versionNumber: '2' }])
      const unset = { model: key('aliases'), alias: 'Чемпион-1' }
      expect(await fail(mutations.deleteAlias, { ...unset, expectedVersion: '1' })).toMatchObject({
        code: 'CONFLICT',
        current: '2',
      })
      expect((await run(mutations.deleteAlias, { ...unset, expectedVersion: '2' })).deleteAlias).toEqual({
        previousVersion: '2',
        model: { aliases: [] },
      })
      expect((await run(mutations.deleteAlias, unset)).deleteAlias.previousVersion).toBeNull()
    })

    it('moves versions between stages', async () => {
      await make('stages', 3)
      const move = (number: string, stage: string, more = {}) =>
        run(mutations.transitionStage, { version: version('stages', number), stage, ...more })
      expect((await move('1', 'PRODUCTION')).transitionStage).toMatchObject({
        modelVersion: { stage: 'Production' },
        archived: [],
      })
      await move('2', 'Production', { archiveExisting: false })
      const { transitionStage } = await move('3', 'Production', {
        archiveExisting: true,
        expectedStage: 'none',
      })
      expect(transitionStage.archived.map((each: { version: string }) => each.version).toSorted()).toEqual([
        '1',
        '2',
      ])
      expect(transitionStage.archived.map((each: { stage: string }) => each.stage)).toEqual([
        'Archived',
        'Archived',
      ])
      expect(
        await fail(mutations.transitionStage, {
          version: version('stages', '3'),
          stage: 'Staging',
          expectedStage: 'None',
        }),
      ).toMatchObject({ code: 'CONFLICT', current: 'Production' })
      const assigned = await run(mutations.assignAliasToStage, {
        model: key('stages'),
        stage: 'production',
        alias: 'live',
      })
      expect(assigned.assignAliasToStage).toMatchObject({ alias: { name: 'live', versionNumber: '3' } })
      const empty = { model: key('stages'), stage: 'Staging', alias: 'next' }
      expect(await fail(mutations.assignAliasToStage, empty)).toMatchObject({ code: 'NOT_FOUND' })
    })

    it('copies a version within the registry', async () => {
      await run(mutations.createModel, { registry: 'main', name: name('original') })
      await run(mutations.createVersion, {
        model: key('original'),
        source: 's3://bucket/original',
        description: 'the one',
        tags: [
          { key: 'gate', value: 'passed' },
          { key: 'note', value: 'old' },
        ],
      })
      await run(mutations.setAlias, { model: key('original'), alias: 'champion', version: '1' })
      const copy = (source: object, own: string) =>
        run(mutations.copyVersion, {
          source,
          destination: { registry: 'main', name: name(own) },
          tags: [{ key: 'note', value: 'new' }],
        })
      const alias = { registry: 'main', model: name('original'), alias: 'champion' }
      const { copyModelVersion } = await copy({ alias }, 'copy')
      expect(copyModelVersion).toMatchObject({
        createdModel: true,
        modelVersion: {
          version: '1',
          source: `models:/${name('original')}/1`,
          artifactUri: 's3://bucket/original',
          description: 'the one',
          stage: 'None',
          tags: [
            { key: 'gate', value: 'passed' },
            { key: 'note', value: 'new' },
          ],
        },
      })
      const second = await copy({ uri: { uri: `models://main/${name('copy')}/1` } }, 'copy')
      expect(second.copyModelVersion).toMatchObject({
        createdModel: false,
        modelVersion: {
          version: '2',
          source: `models:/${name('copy')}/1`,
          artifactUri: 's3://bucket/original',
        },
      })
      await run(mutations.renameModel, { model: key('original'), newName: name('moved') })
      const lineage = await gateway.data(mutations.lineage, version('copy', '2').key)
      expect(lineage.modelVersion.lineage).toEqual([
        { uri: `models:/${name('copy')}/1`, registry: 'main', broken: false },
        { uri: `models:/${name('original')}/1`, registry: 'main', broken: true },
      ])
    })

    it('says what is wrong, and writes nothing', async () => {
      await make('taken', 1)
      const model = key('taken')
      const before = JSON.stringify(await load('taken'))
      const bad: readonly (readonly [string, object, object])[] = [
        [mutations.createModel, { registry: 'main', name: name('taken') }, { code: 'ALREADY_EXISTS' }],
        [mutations.createModel, { registry: 'main', name: '' }, { code: 'BAD_USER_INPUT', field: 'name' }],
        [
          mutations.createModel,
          { registry: 'none', name: 'x' },
          { code: 'BAD_USER_INPUT', field: 'registry' },
        ],
        [mutations.renameModel, { model: key('gone'), newName: name('other') }, { code: 'NOT_FOUND' }],
        [mutations.updateModel, { model: key('gone'), description: 'x' }, { code: 'NOT_FOUND' }],
        [mutations.deleteModel, { model: key('gone') }, { code: 'NOT_FOUND' }],
        [
          mutations.updateModel,
          { model: { id: 'no id' }, description: 'x' },
          { code: 'BAD_USER_INPUT', field: 'model' },
        ],
        [mutations.setAlias, { model, alias: 'a', version: '99' }, { code: 'NOT_FOUND' }],
        [mutations.setAlias, { model, alias: 'a', version: 'x' }, { code: 'NOT_FOUND' }],
        ...['latest', 'Latest', 'v1', 'V22', 'a b', ''].map(
          (alias) =>
            [
              mutations.setAlias,
              { model, alias, version: '1' },
              { code: 'BAD_USER_INPUT', field: 'alias' },
            ] as const,
        ),
        [
          mutations.transitionStage,
          { version: version('taken'), stage: 'Nowhere' },
          { code: 'BAD_USER_INPUT', field: 'stage' },
        ],
        [
          mutations.transitionStage,
          { version: version('taken'), stage: 'Archived', archiveExisting: true },
          { code: 'BAD_USER_INPUT', field: 'archiveExisting' },
        ],
        [
          mutations.transitionStage,
          { version: version('taken', '9'), stage: 'Staging' },
          { code: 'NOT_FOUND' },
        ],
        [
          mutations.setModelTags,
          {
            model,
            tags: [
              { key: 'fine', value: 'x' },
              { key: 'long', value: 'x'.repeat(200_000) },
            ],
          },
          { code: 'BAD_USER_INPUT', field: 'tags' },
        ],
        [
          mutations.setVersionTags,
          { version: version('taken', '9'), tags: [{ key: 'a', value: 'b' }] },
          { code: 'NOT_FOUND' },
        ],
        [
          mutations.setVersionTags,
          { version: version('taken'), tags: [{ key: 'modelgate.copied_from', value: 'models://a/b/1' }] },
          { code: 'BAD_USER_INPUT', field: 'tags' },
        ],
        [mutations.createVersion, { model: key('gone'), source: 's3://b/x' }, { code: 'NOT_FOUND' }],
        [mutations.createVersion, { model, source: '' }, { code: 'BAD_USER_INPUT', field: 'source' }],
        [
          mutations.createVersion,
          { model: key('new'), createModel: true, source: `models:/${name('taken')}/9` },
          { code: 'NOT_FOUND' },
        ],
        [
          mutations.createVersion,
          { model: key('new'), createModel: true, source: `models:/${name('taken')}/Nowhere` },
          { code: 'BAD_USER_INPUT', field: 'source' },
        ],
        [
          mutations.copyVersion,
          { source: version('taken', '9'), destination: { registry: 'main', name: name('new') } },
          { code: 'NOT_FOUND' },
        ],
        [
          mutations.copyVersion,
          { source: version('taken'), destination: { registry: 'main', name: '' } },
          { code: 'BAD_USER_INPUT', field: 'destination' },
        ],
        [
          mutations.copyVersion,
          {
            source: version('taken'),
            destination: { registry: 'main', name: name('new') },
            tags: [{ key: 'a`b', value: '' }],
          },
          { code: 'BAD_USER_INPUT', field: 'tags' },
        ],
      ]
      for (const [document, input, error] of bad) {
        const said = await fail(document, input)
        expect(said, JSON.stringify(input).slice(0, 200)).toMatchObject(error)
        expect(said.message).not.toMatch(/sql|constraint|\bat \//i)
      }
      expect(JSON.stringify(await load('taken'))).toBe(before)
      expect(await load('new')).toBeNull()
      expect(await load('other')).toBeNull()
    })

    it('answers the same to the same idempotency key', async () => {
      await make('once', 0)
      const input = { model: key('once'), source: 's3://bucket/once', idempotencyKey: `${prefix}-1` }
      const answers = await Promise.all(Array.from({ length: 20 }, () => run(mutations.createVersion, input)))
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect((await load('once')).versions.nodes).toHaveLength(1)
      expect(await fail(mutations.createVersion, { ...input, source: 's3://bucket/other' })).toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
        field: 'idempotencyKey',
      })
      const refused = { ...input, model: key('later'), idempotencyKey: `${prefix}-2` }
      expect(await fail(mutations.createVersion, refused)).toMatchObject({ code: 'NOT_FOUND' })
      await make('later', 0)
      const { createModelVersion } = await run(mutations.createVersion, refused)
      expect(createModelVersion.modelVersion.version).toBe('1')
    })

    it('lets one of 50 racing writers through, and 12 transitions leave one holder', async () => {
      await make('race', 12)
      await run(mutations.setAlias, { model: key('race'), alias: 'champion', version: '1' })
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          gateway.ask(mutations.setAlias, {
            input: {
              model: key('race'),
              alias: 'champion',
              version: String((index % 11) + 2),
              expectedVersion: '1',
            },
          }),
        ),
      )
      const won = results.filter(({ errors }) => errors === undefined)
      expect(won).toHaveLength(1)
      expect(results.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions.code)).toEqual(
        Array(49).fill('CONFLICT'),
      )
      await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          run(mutations.transitionStage, {
            version: version('race', String(index + 1)),
            stage: 'Production',
            archiveExisting: true,
          }),
        ),
      )
      const { versions } = await load('race')
      const stages = versions.nodes.map((node: { stage: string }) => node.stage)
      expect(stages.filter((stage: string) => stage === 'Production')).toHaveLength(1)
      expect(stages.filter((stage: string) => stage === 'Archived')).toHaveLength(11)
    })
  })
}
