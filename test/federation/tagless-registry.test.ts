import { beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, Call } from '../../src/contract/index.ts'
import { listVersions } from '../../src/federation/list/over-registries.ts'
import { lineageOf } from '../../src/federation/resolve/lineage.ts'
import { levelsOf } from '../../src/federation/session/registry-state.ts'
import type { Session } from '../../src/federation/session/session.ts'
import { createMemoryStore } from '../conformance/memory/memory-store.ts'
import { createNotingAdapter, createTaglessAdapter } from '../conformance/tagless-adapter.ts'
import {
  copyVersion,
  createModel,
  createVersion,
  deleteModel,
  deleteModelTags,
  deleteVersion,
  deleteVersionTags,
  renameModel,
  setModelTags,
  setVersionTags,
} from './doubles/carry-out-by-name.ts'
import { createInMemoryNotes } from './doubles/in-memory-notes.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const tags = [{ key: 'team', value: 'risk' }]
const churn = { kind: 'key', registry: 'tagless', name: 'churn' } as const
const champion = { kind: 'alias', registry: 'tagless', model: 'churn', alias: 'champion' } as const

let source: PlainRegistry
let store: ReturnType<typeof createMemoryStore>
let notes: ReturnType<typeof createInMemoryNotes>
let asked: number

beforeEach(() => {
  source = new PlainRegistry()
  source.addVersion('churn', { 'model.txt': 'Model.' }, { tags: new Map([['team', 'risk']]) })
  store = createMemoryStore({ prefix: '', models: [], runs: [] })
  notes = createInMemoryNotes()
  asked = 0
})

/** Counts the requests of the registry without tags. */
function open(connect: (own: typeof store) => Adapter = createTaglessAdapter): Session {
  const adapter = connect(store)
  const counted = (call: Call): Call => {
    asked++
    return call
  }
  const counting: Adapter = {
    ...adapter,
    describe(call) {
      asked++
      return adapter.describe(call)
    },
    versions: { ...adapter.versions, get: (keys, call) => adapter.versions.get(keys, counted(call)) },
    aliases: { resolve: async (keys, call) => (await adapter.aliases?.resolve(keys, counted(call))) ?? [] },
  }
  return openSession(openFederation({ source, tagless: { adapter: counting } }, { notes }))
}

const copy = (session: Session, artifacts: 'REFERENCE' | 'COPY' = 'COPY', more: object = {}) =>
  copyVersion(session, {
    source: { kind: 'key', registry: 'source', model: 'churn', version: '1' },
    destination: { registry: 'tagless', name: 'churn' },
    artifacts,
    tags: [],
    idempotencyKey: null,
    ...more,
  })
const read = (session: Session, version = '1', model = 'churn') =>
  session.registry('tagless').version({ model, version })

describe('a registry without tags', () => {
  it.each([
    ['setModelTags', () => setModelTags(open(), churn, tags)],
    ['deleteModelTags', () => deleteModelTags(open(), churn, ['team'])],
    ['setModelVersionTags', () => setVersionTags(open(), champion, tags)],
    ['deleteModelVersionTags', () => deleteVersionTags(open(), champion, ['team'])],
    ['setModelVersionTags of none', () => setVersionTags(open(), champion, [])],
  ])('refuses %s before any request', async (_, write) => {
    await expect(write()).rejects.toMatchObject({
      error: {
        code: 'UNSUPPORTED',
        message: expect.stringMatching(/cannot change the tags of a (model|version)/),
      },
    })
    expect(asked).toBe(0)
  })

  it('refuses what is to be made with tags, and says that there are none', async () => {
    const keepsNone = { error: { code: 'UNSUPPORTED', message: 'The registry "tagless" keeps no tags.' } }
    const plain = { description: null, tags, idempotencyKey: null }
    await expect(createModel(open(), { ...plain, registry: 'tagless', name: 'new' })).rejects.toMatchObject(
      keepsNone,
    )
    await expect(copy(open(), 'COPY', { tags })).rejects.toMatchObject(keepsNone)
    expect(store.models.size).toBe(0)
    const { link } = open().registry('tagless')
    const description = await open().registry('tagless').description()
    expect(levelsOf(link.facets, description).tags).toBe('NONE')
  })

  it('that is read-only by the configuration has none either', async () => {
    const { describe: own, ...adapter } = createTaglessAdapter(store)
    const unsaid: Adapter = {
      ...adapter,
      async describe(call) {
        const { levels, ...rest } = await own(call)
        const { tags: _, ...others } = levels
        return { ...rest, levels: others }
      },
    }
    const session = openSession(
      openFederation({ tagless: { adapter: unsaid } }, { settings: { readOnly: true } }),
    )
    const { link } = session.registry('tagless')
    expect(levelsOf(link.facets, await session.registry('tagless').description()).tags).toBe('NONE')
  })
})

describe.each([
  ['the gateway’s own database', createTaglessAdapter],
  ['a place of the registry', createNotingAdapter],
])('the origin of a copy in %s', (_, connect) => {
  it.each(['COPY', 'REFERENCE'] as const)('is shown of a %s by every way, and no tag', async (artifacts) => {
    await copy(open(connect), artifacts)
    const session = open(connect)
    const version = await read(session)
    if (!version) throw new Error('The copy is not there.')
    expect(version.tags).toEqual([])
    expect(version.source).toBe('models://source/churn/1')
    expect(version.digest !== null).toBe(artifacts === 'COPY')
    const [hop] = await lineageOf(session, version)
    expect(hop).toMatchObject({ broken: false, registry: 'source' })
    const listed = await session.registry('tagless').versionsOfModel('churn', 10)
    expect(listed?.versions.map((row) => row.source)).toEqual(['models://source/churn/1'])
  })

  it('goes with the model when it is renamed, and not to another one of its name', async () => {
    await copy(open(connect))
    await renameModel(open(connect), churn, 'attrition')
    expect((await read(open(connect), '1', 'attrition'))?.source).toBe('models://source/churn/1')
    await deleteModel(open(connect), { ...churn, name: 'attrition' })
    const plain = { description: null, tags: [], idempotencyKey: null }
    const another = { ...plain, model: churn, createModel: true, source: 's3://bucket/other', runId: null }
    await createVersion(open(connect), another)
    expect((await read(open(connect)))?.source).toBe('s3://bucket/other')
  })

  it('is found by a filter on the source', async () => {
    await copy(open(connect))
    const page = await listVersions(open(connect), {
      ...modelRequest,
      registries: ['tagless'],
      filter: {
        kind: 'text',
        field: 'source',
        tests: [{ operator: 'eq', value: 'models://source/churn/1', ignoreCase: false }],
      },
      order: null,
    })
    expect(page.nodes.map(({ version }) => version)).toEqual(['1'])
  })
})

describe('the origin of a copy whose gateway ended before it heard of the version', () => {
  it('is found by the place of its files, and not that of the next version', async () => {
    notes.settle = async () => {
      throw new Error('The gateway has ended.')
    }
    await copy(open())
    expect((await read(open()))?.source).toBe('models://source/churn/1')
    await deleteVersion(open(), { kind: 'key', registry: 'tagless', model: 'churn', version: '1' })
    const other = { description: null, tags: [], idempotencyKey: null, model: churn, createModel: false }
    await createVersion(open(), { ...other, source: 's3://bucket/other', runId: null })
    expect((await read(open(), '2'))?.source).toBe('s3://bucket/other')
  })
})
