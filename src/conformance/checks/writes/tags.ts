import assert from 'node:assert/strict'
import { type TagRecord, textLength, type VersionKey } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, type Need, NotApplicable } from '../../check.ts'
import { failure, found, refusedOrAnswered } from '../../expectations/expectations.ts'
import { listedModel, listedVersions, sortedTags } from '../../expectations/written-rows.ts'
import { acceptedTags, needTags, sample } from '../../fixture/accepted-texts.ts'

/** What has tags: a model or a version. */
interface Owner {
  readonly kind: string
  readonly need: Need
  /** Of its ids: the first of three digits. */
  readonly digit: number
  readonly source: string
  create(bench: WriteBench, tags: readonly TagRecord[]): Promise<VersionKey>
  set(bench: WriteBench, key: VersionKey, tags: readonly TagRecord[]): Promise<void>
  remove(bench: WriteBench, key: VersionKey, keys: readonly string[]): Promise<void>
  /** As each way to it gives them. */
  read(bench: WriteBench, key: VersionKey): Promise<readonly (readonly TagRecord[])[]>
  /** Keys of what is not there. */
  missing(bench: WriteBench, key: VersionKey): readonly VersionKey[]
}

const models: Owner = {
  kind: 'model',
  need: 'model tag writes',
  digit: 1,
  source: 'modelgate/adapter: ModelWrites',
  create: async (bench, tags) => ({
    model: await bench.createModel({ tags: needTags(bench, tags) }),
    version: '',
  }),
  set: async (bench, { model }, tags) =>
    bench.writes.models.setTags?.(model, needTags(bench, tags), bench.call()),
  remove: async ({ writes, call }, { model }, keys) => writes.models.deleteTags?.(model, keys, call()),
  read: async (bench, { model }) => [
    (await bench.getModel(model)).tags,
    found(await listedModel(bench, model), model).tags,
  ],
  missing: (bench) => [{ model: bench.name('-none'), version: '' }],
}

const versions: Owner = {
  kind: 'version',
  need: 'version tag writes',
  digit: 2,
  source: 'modelgate/adapter: VersionWrites',
  create: async (bench, tags) =>
    bench.createVersion(await bench.createModel(), { tags: needTags(bench, tags) }),
  set: async (bench, key, tags) => bench.writes.versions.setTags?.(key, needTags(bench, tags), bench.call()),
  remove: async ({ writes, call }, key, keys) => writes.versions.deleteTags?.(key, keys, call()),
  async read(bench, key) {
    const listed = await listedVersions(bench, key.model)
    const own = listed.filter(({ version }) => version === key.version)
    return [await bench.getVersion(key), ...own].map(({ tags }) => tags)
  },
  missing: (bench, { model }) => [
    { model, version: '99' },
    { model: bench.name('-none'), version: '1' },
  ],
}

const two = [
  { key: 'kept', value: 'as it was' },
  { key: 'team', value: 'fraud' },
]

async function assertTags(
  owner: Owner,
  bench: WriteBench,
  key: VersionKey,
  tags: readonly TagRecord[],
): Promise<void> {
  for (const own of await owner.read(bench, key))
    assert.deepEqual(sortedTags(own), sortedTags(tags), 'the tags')
}

function checksOf(owner: Owner): Check[] {
  const check = (number: number, title: string, why: string, run: (bench: WriteBench) => Promise<void>) =>
    writeCheck({
      id: `MG-WTAG-${owner.digit}0${number}`,
      level: 'MUST',
      needs: [owner.need],
      title: `Tags of a ${owner.kind}: ${title}`,
      source: owner.source,
      why,
      run,
    })
  return [
    check(
      1,
      'setting one replaces it and leaves the others',
      'Several people tag one thing.',
      async (bench) => {
        const key = await owner.create(bench, two)
        const more = [
          { key: 'team', value: 'risk' },
          { key: 'new', value: 'too' },
        ]
        await owner.set(bench, key, more)
        await assertTags(owner, bench, key, [{ key: 'kept', value: 'as it was' }, ...more])
      },
    ),
    check(2, 'keys and values are kept to the character', 'They are users’ own texts.', async (bench) => {
      const tags = sample(bench, acceptedTags(bench), 10)
      const key = await owner.create(bench, [])
      await owner.set(bench, key, [...tags, { key: 'twin', value: 'small' }, { key: 'Twin', value: 'large' }])
      const twins = [
        { key: 'twin', value: 'small' },
        { key: 'Twin', value: 'large' },
      ]
      await assertTags(owner, bench, key, [...tags, ...twins])
    }),
    check(
      3,
      'the longest value allowed is kept whole',
      'A value cut short is another value.',
      async (bench) => {
        const { tagValueMaxLength: length, tagValueUnit: unit = 'utf16' } = bench.description.naming
        if (length === null || length > 100_000)
          throw new NotApplicable('the registry says no length of up to 100,000')
        const key = await owner.create(bench, [])
        const longest = (filling: string) =>
          `${filling.repeat(Math.floor((length - 1) / textLength(filling, unit)))}y`
        const plain = [{ key: 'long', value: longest('x') }]
        await owner.set(bench, key, plain)
        await assertTags(owner, bench, key, plain)
        // A backend may take less of letters that it has to write in another form; then it has to say so.
        const wide = [{ key: 'long', value: longest('\u{1f600}') }]
        const kept = await refusedOrAnswered(owner.set(bench, key, wide).then(() => wide))
        await assertTags(owner, bench, key, kept ?? plain)
      },
    ),
    check(4, 'an empty value is a value', 'A tag can be a mark.', async (bench) => {
      const key = await owner.create(bench, [{ key: 'created', value: '' }])
      await owner.set(bench, key, [{ key: 'set', value: '' }])
      await assertTags(owner, bench, key, [
        { key: 'created', value: '' },
        { key: 'set', value: '' },
      ])
    }),
    check(5, 'deleting takes the named ones', 'Several people tag one thing.', async (bench) => {
      const key = await owner.create(bench, [...two, { key: 'Team', value: 'other' }])
      await owner.remove(bench, key, ['team'])
      await assertTags(owner, bench, key, [
        { key: 'kept', value: 'as it was' },
        { key: 'Team', value: 'other' },
      ])
    }),
    check(6, 'deleting a key that is not there is no error', 'It is what was wanted.', async (bench) => {
      const key = await owner.create(bench, two)
      await owner.remove(bench, key, ['absent', 'team'])
      await owner.remove(bench, key, ['team'])
      await assertTags(owner, bench, key, [{ key: 'kept', value: 'as it was' }])
    }),
    check(7, 'of one that is not there are NOT_FOUND', 'Tags set on nothing are lost.', async (bench) => {
      const key = await owner.create(bench, two)
      for (const other of owner.missing(bench, key)) {
        await failure(owner.set(bench, other, two), 'setTags', ['NOT_FOUND'])
        await failure(owner.remove(bench, other, ['team']), 'deleteTags', ['NOT_FOUND'])
      }
    }),
  ]
}

export const tagWriteChecks: readonly Check[] = [...checksOf(models), ...checksOf(versions)]
