import { beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, NamingRules } from '../../src/contract/index.ts'
import {
  copyVersion,
  createModel,
  createVersion,
  describeModel,
  describeVersion,
  setModelTags,
  transitionStage,
} from './doubles/carry-out-by-name.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const oneLine = { pattern: '^[^\\n]+$', words: 'one line' }
const small = { pattern: '^[a-z0-9_.:/-]*$', words: 'small letters, digits and "_.:/-"' }
const stages = ['Waiting', 'Approved']

const short = { pattern: '^.{1,60}$', words: '1 to 60 characters' }

let wide: PlainRegistry
let narrow: PlainRegistry
/** What the registry says that it accepts, besides these. */
let naming: Partial<NamingRules>

/** Without a stage Archived, and its descriptions stay as they are. */
function narrowed({ writes, ...adapter }: Adapter): Adapter {
  if (writes === undefined) throw new Error('the registry of the test has writes')
  const { describe: _, ...models } = writes.models
  const { describe: __, ...versions } = writes.versions
  return {
    ...adapter,
    describe: async (call) => {
      const description = await adapter.describe(call)
      return { ...description, stages, naming: { ...description.naming, ...naming } }
    },
    writes: { ...writes, models, versions },
  }
}

beforeEach(() => {
  wide = new PlainRegistry()
  narrow = new PlainRegistry()
  naming = { description: oneLine, tagValue: small, source: short }
  narrow.addVersion('churn', {})
})

const open = () => openSession(openFederation({ wide, narrow: { adapter: narrowed(narrow.adapter) } }))
const churn = { kind: 'key', registry: 'narrow', model: 'churn', version: '1' } as const
const model = { registry: 'narrow', name: 'churn' } as const
const plain = { description: null, tags: [], idempotencyKey: null }

const copy = (registry = 'wide', artifacts: 'REFERENCE' | 'COPY' = 'REFERENCE') =>
  copyVersion(open(), {
    source: { kind: 'key', registry, model: 'original', version: '1' },
    destination: { registry: 'narrow', name: 'churn' },
    artifacts,
    tags: [],
    idempotencyKey: null,
  })
const ownTags = () => narrow.store.models.get('churn')?.versions.get('2')?.tags

const unsupported = (message: string) => ({ error: { code: 'UNSUPPORTED', message } })

describe('a registry of narrow rules is asked for nothing that it cannot do', () => {
  it.each([
    [
      'describe a model',
      () => describeModel(open(), { kind: 'key', ...model }, 'New.'),
      'The registry "narrow" cannot change the description of a model.',
    ],
    [
      'describe a version',
      () => describeVersion(open(), churn, 'New.'),
      'The registry "narrow" cannot change the description of a version.',
    ],
    [
      'archive the others',
      () =>
        transitionStage(open(), {
          version: churn,
          stage: 'approved',
          archiveExisting: true,
          expectedStage: null,
          comment: null,
        }),
      'The registry "narrow" has no stage Archived for the other versions; leave archiveExisting out.',
    ],
  ])('%s: UNSUPPORTED', async (_, write, message) => {
    await expect(write()).rejects.toMatchObject(unsupported(message))
    expect(narrow.writes).toEqual([])
  })

  it.each([
    [
      'a description at the creation of a model',
      () => createModel(open(), { ...plain, registry: 'narrow', name: 'other', description: 'Two\nlines.' }),
      'description',
      'is no description that "narrow" takes: it must be one line.',
    ],
    [
      'a description at the creation of a version',
      () =>
        createVersion(open(), {
          ...plain,
          model: { kind: 'key', ...model },
          createModel: false,
          source: 's3://bucket/2',
          runId: null,
          description: 'Two\nlines.',
        }),
      'description',
      'is no description that "narrow" takes: it must be one line.',
    ],
    [
      'a source',
      () =>
        createVersion(open(), {
          ...plain,
          model: { kind: 'key', ...model },
          createModel: false,
          source: `s3://bucket/${'x'.repeat(60)}`,
          runId: null,
        }),
      'source',
      'is no source that "narrow" takes: it must be 1 to 60 characters.',
    ],
    [
      'a value of a tag',
      () => setModelTags(open(), { kind: 'key', ...model }, [{ key: 'team', value: 'Fraud' }]),
      'tags',
      '"Fraud" is no value of the tag "team" that "narrow" takes: it must be small letters, digits and "_.:/-".',
    ],
  ])('%s: bad input, with the rule in words', async (_, write, field, message) => {
    await expect(write()).rejects.toMatchObject({ field, message: expect.stringContaining(message) })
    expect(narrow.writes).toEqual([])
  })
})

describe('a copy to a registry of narrow rules', () => {
  it('keeps where it is from, and leaves out what the registry cannot hold of the rest', async () => {
    wide.addVersion('original', {}, { source: 'models:/before/1' })
    await copy()
    expect([...(ownTags() ?? [])]).toEqual([['modelgate.copied_from', 'models://wide/original/1']])
  })

  it('is UNSUPPORTED where the registry cannot keep where it is from, and makes nothing', async () => {
    wide.addVersion('original', {})
    naming = { tagKey: { pattern: '^[a-z]+$', words: 'small letters' } }
    await expect(copy()).rejects.toMatchObject(
      unsupported(
        'The registry "narrow" cannot keep where a copy from another registry is from: it takes no tag modelgate.copied_from=models://wide/original/1.',
      ),
    )
    expect(narrow.writes).toEqual([])
  })

  it('is bad input where the original’s description is not taken', async () => {
    wide.addVersion('original', {}, { description: 'Two\nlines.' })
    await expect(copy()).rejects.toMatchObject({
      field: 'source',
      message: expect.stringContaining('one line'),
    })
    expect(narrow.writes).toEqual([])
  })

  const inS3 = { pattern: '^s3://', words: 'a place in S3' }
  const noSource = (words: string) => ({
    field: 'source',
    message: expect.stringMatching(`is no source that "narrow" takes: it must be ${words}`),
  })

  it('is bad input where the place of the files is not taken', async () => {
    wide.addVersion('original', {}, { place: `s3://bucket/${'x'.repeat(60)}` })
    await expect(copy()).rejects.toMatchObject(noSource('1 to 60 characters'))
    expect(narrow.writes).toEqual([])
  })

  it('is bad input within the registry where the name of the original is not taken', async () => {
    narrow.addVersion('original', {})
    naming = { source: inS3 }
    await expect(copy('narrow')).rejects.toMatchObject(noSource('a place in S3'))
    expect(narrow.writes).toEqual([])
  })

  it('is left within the registry to a way of its own, which is given no source', async () => {
    narrow.copies = true
    narrow.addVersion('original', {})
    naming = { source: inS3 }
    expect(await copy('narrow')).toMatchObject({ version: '2' })
    expect(narrow.writes).toEqual(['copies.copy'])
  })

  it('takes moved files away again, and the model, where their new place is not taken', async () => {
    wide.addVersion('original', { 'a.txt': 'a' })
    naming = { source: inS3 }
    narrow.store.models.delete('churn')
    await expect(copy('wide', 'COPY')).rejects.toMatchObject(noSource('a place in S3'))
    expect(narrow.writes).not.toContain('versions.create')
    expect(narrow.movedFiles).toEqual([])
    expect(narrow.store.models.has('churn')).toBe(false)
  })
})
