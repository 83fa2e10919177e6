import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter, NewVersion, RegistryWrites } from '../../../src/contract/index.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { runMlflowClient } from '../../environment/python.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { rounds } from '../../environment/rounds.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const oddTexts = [
  'query?a=b&c#d+e%20f',
  `both ' and "`,
  'two\nlines\ttabbed',
  'back\\slash',
  ' blanks ',
  'été 数 😀',
  '-- ; # $$ `x`',
]
const oddKeys = ['plain', 'a/b.c:d', 'with blank', 'été-数', 'a..', '-']
const oddAliases = ['champion', 'été-数_1', 'v1a', '-', 'x'.repeat(255)]
const nobody = 'f'.repeat(32)

/** What an unmodified client reads of models and versions, given as [name] or [name, version]. */
const readByClient = `
def read(name, version=None):
    if version is None:
        m = client.get_registered_model(name)
        return [m.description or None, m.tags, {k: str(v) for k, v in m.aliases.items()}]
    v = client.get_model_version(name, version)
    return [v.description or None, v.tags, v.source, v.run_id or None, v.current_stage]
result = [read(*key) for key in argument]
`

describe.each(mlflowVersions)('writes to MLflow %s', (release) => {
  const prefix = `writes-${randomUUID().slice(0, 8)}-`
  let server: { url: string; python: string }
  let registry: Adapter
  let writes: Required<RegistryWrites>
  let count = 0

  beforeAll(async () => {
    requireBackend(`mlflow ${release}`)
    server = inject('mlflow')[release]
    registry = await openRegistry(server.url)
    writes = registry.writes as Required<RegistryWrites>
  })
  afterAll(() => registry?.close())

  const newModel = async (name = `${prefix}${++count}`) => {
    await writes.models.create({ name, description: null, tags: [], idempotencyKey: null }, newCall())
    return name
  }
  const newVersion = (model: string, more: Partial<NewVersion> = {}) => {
    const plain = { source: 's3://bucket/model', runId: null, description: null, tags: [] }
    return writes.versions.create({ model, ...plain, idempotencyKey: null, ...more }, newCall())
  }
  const getModel = async (name: string) => (await registry.models.get([name], newCall()))[0]
  const getVersion = async (model: string, version: string) =>
    (await registry.versions.get([{ model, version }], newCall()))[0]
  const readAll = (keys: string[][]) => runMlflowClient(server, readByClient, { argument: keys })

  it('make models and versions, which an unmodified client reads the same', async () => {
    const tags = oddKeys.map((key, index) => ({ key, value: oddTexts[index] ?? '' }))
    const names = oddTexts.map((odd) => prefix + odd)
    for (const [index, name] of names.entries()) {
      const description = `about ${oddTexts[index]}`
      const source = `s3://bucket/${index} é`
      await writes.models.create({ name, description, tags, idempotencyKey: null }, newCall())
      expect(await newVersion(name, { description, tags, source, runId: nobody })).toBe('1')
      expect(await getModel(name)).toMatchObject({ name, description, tags: expect.arrayContaining(tags) })
      expect(await getVersion(name, '1')).toMatchObject({
        description,
        source,
        runId: nobody,
        tags: expect.arrayContaining(tags),
      })
    }
    const asDictionary = Object.fromEntries(tags.map(({ key, value }) => [key, value]))
    expect(await readAll(names.flatMap((name) => [[name], [name, '1']]))).toEqual(
      names.flatMap((_, index) => [
        [`about ${oddTexts[index]}`, asDictionary, {}],
        [`about ${oddTexts[index]}`, asDictionary, `s3://bucket/${index} é`, nobody, 'None'],
      ]),
    )
  })

  it('describe models and versions, and take the description away', async () => {
    const models: string[] = []
    const describe = async (model: string, description: string | null) => {
      await writes.models.describe?.(model, description, newCall())
      await writes.versions.describe?.({ model, version: '1' }, description, newCall())
      expect(await getModel(model)).toMatchObject({ description })
      expect(await getVersion(model, '1')).toMatchObject({ description })
    }
    for (const text of oddTexts) {
      const model = await newModel()
      models.push(model)
      expect(await newVersion(model)).toBe('1')
      await describe(model, text)
    }
    const keys = models.flatMap((model) => [[model], [model, '1']])
    const readBy = (descriptions: readonly (string | null)[]) =>
      descriptions.flatMap((description) => [
        [description, {}, {}],
        [description, {}, 's3://bucket/model', null, 'None'],
      ])
    expect(await readAll(keys)).toEqual(readBy(oddTexts))
    for (const model of models) await describe(model, null)
    expect(await readAll(keys)).toEqual(readBy(oddTexts.map(() => null)))
  }, 120_000)

  it('set and delete tags, and leave the others', async () => {
    const model = await newModel()
    const key = { model, version: await newVersion(model) }
    const tags = oddKeys.map((tag, index) => ({ key: tag, value: oddTexts[index] ?? '' }))
    const changed = [{ key: oddKeys[0] ?? '', value: '' }]
    const gone = [oddKeys[1] ?? '', 'never there']
    await writes.models.setTags?.(model, tags, newCall())
    await writes.models.setTags?.(model, changed, newCall())
    await writes.models.deleteTags?.(model, gone, newCall())
    await writes.versions.setTags?.(key, tags, newCall())
    await writes.versions.setTags?.(key, changed, newCall())
    await writes.versions.deleteTags?.(key, gone, newCall())
    const left = [...changed, ...tags.slice(2)]
    expect(await getModel(model)).toHaveProperty('tags.length', left.length)
    expect(await getModel(model)).toMatchObject({ tags: expect.arrayContaining(left) })
    expect(await getVersion(model, '1')).toMatchObject({ tags: expect.arrayContaining(left) })
    const asDictionary = Object.fromEntries(left.map((tag) => [tag.key, tag.value]))
    expect(await readAll([[model], [model, '1']])).toEqual([
      [null, asDictionary, {}],
      [null, asDictionary, 's3://bucket/model', null, 'None'],
    ])
  })

  it('rename and delete models and versions', async () => {
    const model = await newModel()
    const renamed = `${model} – été?`
    await newVersion(model)
    await writes.aliases.set({ model, alias: 'a' }, '1', undefined, newCall())
    await writes.models.rename?.(model, renamed, newCall())
    expect(await getModel(model)).toBeNull()
    expect(await getModel(renamed)).toMatchObject({ aliases: [{ name: 'a', version: '1' }] })
    await newVersion(renamed)
    await writes.aliases.set({ model: renamed, alias: 'b' }, '2', undefined, newCall())
    await writes.versions.delete?.({ model: renamed, version: '2' }, newCall())
    expect(await getVersion(renamed, '2')).toBeNull()
    expect(await getModel(renamed)).toMatchObject({ aliases: [{ name: 'a', version: '1' }] })
    expect(await newVersion(renamed)).toBe('3')
    await writes.models.delete?.(renamed, newCall())
    expect(await getModel(renamed)).toBeNull()
  })

  it('move aliases from the version that is expected', async () => {
    const model = await newModel()
    await newVersion(model)
    await newVersion(model)
    for (const alias of oddAliases) {
      const key = { model, alias }
      expect(await writes.aliases.set(key, '1', null, newCall())).toEqual({ previous: null })
      await expect(writes.aliases.set(key, '2', null, newCall())).rejects.toMatchObject({
        code: 'CONFLICT',
        current: '1',
        nothingWritten: true,
      })
      expect(await writes.aliases.set(key, '2', '1', newCall())).toEqual({ previous: '1' })
      await expect(writes.aliases.delete(key, '1', newCall())).rejects.toMatchObject({
        code: 'CONFLICT',
        current: '2',
      })
    }
    const held = Object.fromEntries(oddAliases.map((alias) => [alias, '2']))
    expect(await readAll([[model]])).toEqual([[null, {}, held]])
    for (const alias of oddAliases) {
      expect(await writes.aliases.delete({ model, alias }, '2', newCall())).toEqual({ previous: '2' })
      expect(await writes.aliases.delete({ model, alias }, undefined, newCall())).toEqual({ previous: null })
      await expect(writes.aliases.delete({ model, alias }, '2', newCall())).rejects.toMatchObject({
        code: 'CONFLICT',
        current: null,
      })
    }
    expect(await readAll([[model]])).toEqual([[null, {}, {}]])
  })

  it('move versions between stages, and archive the others when told to', async () => {
    const model = await newModel()
    for (let version = 1; version <= 11; version++) await newVersion(model)
    const move = (version: string, stage: string, archiveExisting: boolean | null, expected?: string) =>
      writes.stages.transition({ model, version }, { stage, archiveExisting, expected }, newCall())
    for (const version of ['10', '2', '3']) {
      expect(await move(version, 'Production', null)).toMatchObject({ archived: [] })
    }
    expect(await move('1', 'Staging', true)).toMatchObject({ archived: [] })
    await expect(move('1', 'Production', true, 'None')).rejects.toMatchObject({
      code: 'CONFLICT',
      current: 'Staging',
    })
    expect(await move('1', 'Production', true, 'Staging')).toMatchObject({ archived: ['2', '3', '10'] })
    expect(await move('11', 'Archived', true)).toMatchObject({ archived: [] })
    await expect(move('1', 'None', true)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    await expect(move('1', 'Retired', false)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('one of None, Staging, Production, Archived'),
    })
    const stages = (await readAll(
      ['1', '2', '3', '10', '11'].map((version) => [model, version]),
    )) as string[][]
    expect(stages.map((version) => version.at(-1))).toEqual([
      'Production',
      ...Array.from({ length: 4 }, () => 'Archived'),
    ])
  })

  it('archive the others by themselves where that is configured', async () => {
    const model = await newModel()
    await newVersion(model)
    await newVersion(model)
    const archiving = await openRegistry(server.url, { archiveExisting: true })
    const move = (version: string, stage: string, archiveExisting: boolean | null = null) =>
      archiving.writes?.stages?.transition(
        { model, version },
        { stage, archiveExisting, expected: undefined },
        newCall(),
      )
    expect(await move('1', 'Production')).toMatchObject({ archived: [] })
    expect(await move('2', 'Production')).toMatchObject({ archived: ['1'] })
    expect(await move('1', 'Production', false)).toMatchObject({ archived: [] })
    expect(await move('1', 'None')).toMatchObject({ archived: [] })
    await archiving.close()
  })

  describe('of what is not there', () => {
    const model = `${prefix}nowhere`
    const key = { model, version: '7' }
    const tag = [{ key: 'a', value: 'b' }]
    const noModel = `There is no model "${model}".`
    const noVersion = `The model "${model}" has no version "7".`

    it.each<[string, string, () => Promise<unknown> | undefined]>([
      ['describe', noModel, () => writes.models.describe?.(model, 'x', newCall())],
      ['set tags', noModel, () => writes.models.setTags?.(model, tag, newCall())],
      ['delete tags', noModel, () => writes.models.deleteTags?.(model, ['a'], newCall())],
      ['rename', noModel, () => writes.models.rename?.(model, `${model}2`, newCall())],
      ['delete', noModel, () => writes.models.delete?.(model, newCall())],
      ['create a version', noModel, () => newVersion(model)],
      ['describe a version', noVersion, () => writes.versions.describe?.(key, 'x', newCall())],
      ['set tags of a version', noVersion, () => writes.versions.setTags?.(key, tag, newCall())],
      ['delete tags of a version', noVersion, () => writes.versions.deleteTags?.(key, ['a'], newCall())],
      ['delete a version', noVersion, () => writes.versions.delete?.(key, newCall())],
      ['set an alias', noModel, () => writes.aliases.set({ model, alias: 'a' }, '7', undefined, newCall())],
      ['delete an alias', noModel, () => writes.aliases.delete({ model, alias: 'a' }, undefined, newCall())],
      [
        'move to a stage',
        noVersion,
        () =>
          writes.stages.transition(
            key,
            { stage: 'Production', archiveExisting: true, expected: undefined },
            newCall(),
          ),
      ],
    ])('%s says NOT_FOUND by its name', async (_, message, write) => {
      await expect(write()).rejects.toMatchObject({ code: 'NOT_FOUND', message, nothingWritten: true })
    })

    it('an alias of a missing version is none', async () => {
      const there = await newModel()
      await expect(
        writes.aliases.set({ model: there, alias: 'a' }, '7', undefined, newCall()),
      ).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: `The model "${there}" has no version "7".`,
      })
    })

    it.each(['', 'half\ud800', 'nul\0'])('names that cannot be are not there: %j', async (name) => {
      await expect(writes.models.describe?.(name, 'x', newCall())).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(newModel(name)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    })
  })

  it('say by its name what is there already', async () => {
    const [one, other] = [await newModel(), await newModel()]
    const taken = {
      code: 'ALREADY_EXISTS',
      message: `There is already a model "${other}".`,
      nothingWritten: true,
    }
    await expect(newModel(other)).rejects.toMatchObject(taken)
    await expect(writes.models.rename?.(one, other, newCall())).rejects.toMatchObject(taken)
  })

  it('refuse what MLflow would not keep, or would take for something else', async () => {
    const model = await newModel()
    const refused = [
      () => writes.models.setTags?.(model, [{ key: 'a@b', value: '' }], newCall()),
      () => writes.models.setTags?.(model, [{ key: 'a', value: 'x'.repeat(200_000) }], newCall()),
      () => writes.models.setTags?.(model, [{ key: 'mlflow.prompt.is_prompt', value: 'true' }], newCall()),
      () => writes.models.describe?.(model, 'half \ud800', newCall()),
    ]
    for (const write of refused) {
      await expect(write()).rejects.toMatchObject({ code: 'BAD_USER_INPUT', nothingWritten: true })
    }
    expect(await getModel(model)).toMatchObject({ tags: [], description: null })
  })

  it('admit that of several tags the first ones are written', async () => {
    const model = await newModel()
    const tags = [
      { key: 'good', value: '1' },
      { key: 'a@b', value: '2' },
    ]
    await expect(writes.models.setTags?.(model, tags, newCall())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      nothingWritten: false,
    })
    expect(await getModel(model)).toMatchObject({ tags: [tags[0]] })
  })

  it('by 20 callers at once of one new alias and one new tag all succeed', async () => {
    const model = await newModel()
    const key = { model, version: await newVersion(model) }
    const callers = Array.from({ length: 20 }, (_, index) => String(index))
    for (let round = 0; round < rounds(2, 20); round++) {
      await Promise.all([
        ...callers.map(() => writes.aliases.set({ model, alias: `r${round}` }, '1', undefined, newCall())),
        ...callers.map((value) => writes.models.setTags?.(model, [{ key: `r${round}`, value }], newCall())),
        ...callers.map((value) => writes.versions.setTags?.(key, [{ key: `r${round}`, value }], newCall())),
      ])
    }
    const versions = await Promise.all(callers.map(() => newVersion(model)))
    expect(new Set(versions).size).toBe(20)
  }, 120_000)
})
