import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import { type DatabaseSource, silent } from '../state/database-source.ts'
import { expectIndexInStep } from './index-in-step.ts'
import { seedSearchFleet } from './search-fleet.ts'

const searchQuery = `query ($text: String!, $where: ModelVersionFilter, $registries: [String!], $environments: [String!],
    $all: Boolean, $first: Int, $after: String) {
  search(text: $text, where: $where, registries: $registries, environments: $environments, includeArchived: $all,
      first: $first, after: $after) {
    totalCount complete correction message pageInfo { hasNextPage hasPreviousPage endCursor }
    sources { registry { name } state asOf error { code message } }
    nodes { __typename }
    edges { cursor score highlights { field fragment }
      node { __typename ... on Model { name registry { name } } ... on ModelVersion { modelName version } } } } }`

interface Edge {
  readonly score: number
  readonly cursor: string
  readonly node: {
    readonly name?: string
    readonly modelName?: string
    readonly version?: string
    readonly registry?: { readonly name: string }
  }
  readonly highlights: readonly { readonly field: string; readonly fragment: string }[]
}

/** The hits as short texts: a model's name, or `name/version`. */
function namesOf(edges: readonly Edge[]): string[] {
  return edges.map(({ node }) => node.name ?? `${node.modelName}/${node.version}`)
}

/** The same on each database. */
export function describeSearch(source: DatabaseSource): void {
  describe(`search on ${source.name}`, () => {
    let gateway: OpenGateway
    let database: GatewayDatabase

    beforeAll(async () => {
      const url = await source.createUrl()
      database = await openGatewayDatabase(url, { log: silent })
      await seedSearchFleet(database)
      gateway = await openGateway({
        environments: ['dev', 'prod'],
        registries: [
          { name: 'dev', adapter: 'local', environment: 'dev' },
          { name: 'prod', adapter: 'local', environment: 'prod' },
          { name: 'out', adapter: 'local', environment: 'prod', catalog: false },
        ],
        database: { url },
        catalog: { syncEvery: '1s' },
      })
      await vi.waitFor(
        async () => {
          const { sources } = await search('zebra', { registries: ['dev', 'prod'] })
          expect(sources.map(({ state }: { state: string }) => state)).toEqual(['OK', 'OK'])
        },
        { timeout: 30_000, interval: 100 },
      )
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      await database?.close()
      await source.dispose()
    })

    const dev = { registries: ['dev'] }
    const search = async (text: string, given: object = dev) =>
      (await gateway.data(searchQuery, { text, ...given })).search
    const found = async (text: string, given: object = dev) => namesOf((await search(text, given)).edges)
    const refusal = async (text: string, given: object = dev) => {
      const { data, errors } = await gateway.ask(searchQuery, { text, ...given })
      expect(data.search).toBeNull()
      const [{ extensions, message }] = errors as [NonNullable<typeof errors>[number]]
      return { code: extensions.code, field: extensions.field, message }
    }

    it('finds models by their names, by beginnings as one types, whatever parts the words', async () => {
      expect(await found('fraud')).toEqual(['fraud', 'FraudScorer', 'fraud-detector', 'churn'])
      expect(await found('fraud det')).toEqual(['fraud-detector'])
      expect(await found('fraud detector q')).toEqual(['fraud-detector'])
      expect(await found('fraud q')).toHaveLength(4)
      expect(await found('fraud_detector')).toEqual(['fraud-detector'])
      expect(await found('DETECTOR fraud')).toEqual(['fraud-detector'])
      expect(await found('scorer')).toEqual(['FraudScorer'])
      expect(await found('fraudscorer')).toEqual(['FraudScorer'])
      expect(await found('frauds')).toEqual(['FraudScorer'])
      // Only the last word, and one with a star, may be a beginning.
      expect(await found('det fraud')).toEqual([])
      expect(await found('det* fraud')).toEqual(['fraud-detector'])
      expect(await found('det ')).toEqual([])
      expect(await found('aud')).toEqual([])
    })

    it('regards neither case nor accents, takes numbered words apart, and finds what has no spaces', async () => {
      expect(await found('GROSSEN uberwachung')).toEqual(['Größen-Überwachung'])
      expect(await found('größen')).toEqual(['Größen-Überwachung'])
      expect(await found('resnet classifier')).toEqual(['resnet50-classifier'])
      expect(await found('resnet50')).toEqual(['resnet50-classifier'])
      expect(await found('信用')).toEqual(['信用模型'])
      expect(await found('模型')).toEqual(['信用模型'])
    })

    it('finds models and versions by all that they say', async () => {
      expect(await found('stolen')).toEqual(['fraud-detector'])
      expect(await found('payments')).toEqual(['fraud-detector'])
      expect(await found('ML-12345')).toEqual(['fraud-detector'])
      expect(await found('ticket')).toEqual(['fraud-detector'])
      expect(await found('champion')).toEqual(['fraud-detector', 'fraud-detector/1'])
      // A model by its newest version and by those that hold an alias, and by no others.
      expect(await found('september')).toEqual(['fraud-detector/1', 'fraud-detector'])
      expect(await found('november')).toEqual(['fraud-detector/3', 'fraud-detector'])
      expect(await found('october')).toEqual(['fraud-detector/2'])
      expect(await found('cards 2026')).toEqual(['fraud-detector/1', 'fraud-detector'])
      expect(await found('dataset')).toEqual(['fraud-detector/1', 'fraud-detector'])
      expect(await found('otter')).toEqual(['fraud-detector/1', 'fraud-detector'])
      expect(await found('learning rate 0.01')).toEqual(['fraud-detector/1', 'fraud-detector'])
      expect(await found('adamw optimizer')).toEqual(['fraud-detector/1', 'fraud-detector'])
      // A version is none by its model's name; the model is by both.
      expect(await found('fraud september')).toEqual(['fraud-detector'])
    })

    it('gives versions alone with a filter, and judges it as lists do', async () => {
      const where = (filter: object) => found('trained', { ...dev, where: filter })
      expect(await where({})).toEqual(['fraud-detector/1', 'fraud-detector/2', 'fraud-detector/3'])
      expect(await where({ version: { eq: '2' } })).toEqual(['fraud-detector/2'])
      expect(await where({ tag: { key: 'dataset', value: { eq: 'cards-2026' } } })).toEqual([
        'fraud-detector/1',
      ])
      expect(await where({ param: { key: 'optimizer', value: { eq: 'adamw' } } })).toEqual([
        'fraud-detector/1',
      ])
      expect(await where({ not: { alias: { eq: 'champion' } } })).toEqual([
        'fraud-detector/2',
        'fraud-detector/3',
      ])
      expect(await where({ description: { contains: 'OCTOBER', ignoreCase: true } })).toEqual([
        'fraud-detector/2',
      ])
      expect(await where({ model: { eq: 'churn' } })).toEqual([])
    })

    it('leaves out what is archived unless it is asked for', async () => {
      expect(await found('quagga')).toEqual(['zebra'])
      expect(await found('quagga', { ...dev, all: true })).toEqual(['zebra/1', 'zebra'])
    })

    it('looks in the registries and environments that are asked for, and says of when they are', async () => {
      const { sources, complete, totalCount, edges } = await search('fraud-detector', {})
      expect(edges.map(({ node }: Edge) => node.registry?.name)).toEqual(['dev', 'prod'])
      expect(sources).toMatchObject([
        { registry: { name: 'dev' }, state: 'OK', error: null },
        { registry: { name: 'prod' }, state: 'OK', error: null },
        { registry: { name: 'out' }, state: 'SKIPPED', asOf: null, error: { code: 'UNSUPPORTED' } },
      ])
      expect(Date.parse(sources[0].asOf)).toBeGreaterThan(Date.now() - 60_000)
      expect([complete, totalCount]).toEqual([false, null])
      expect(
        await found('fraud-detector', { environments: ['prod'], registries: ['dev', 'prod'] }),
      ).toHaveLength(1)
      expect(await search('fraud-detector', dev)).toMatchObject({ complete: true, totalCount: 1 })
      expect(await search('fraud', { registries: ['out'] })).toMatchObject({
        edges: [],
        message: 'None of these registries is searched; `sources` says why.',
      })
      expect(await refusal('fraud', { registries: ['no-such'] })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'registries',
      })
    })

    it('gives the same order page by page, by cursors that belong to their search', async () => {
      const whole = await search('fraud')
      const walked: Edge[] = []
      let after: string | null = null
      for (;;) {
        const { edges, pageInfo, totalCount } = await search('fraud', { ...dev, first: 1, after })
        expect(totalCount).toBe(4)
        expect(pageInfo.hasPreviousPage).toBe(after !== null)
        walked.push(...edges)
        after = pageInfo.endCursor
        if (!pageInfo.hasNextPage) break
      }
      expect(walked).toEqual(whole.edges)
      const scores = whole.edges.map(({ score }: Edge) => score)
      expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a))
      const [{ cursor }] = whole.edges
      for (const [text, given] of [
        ['fraudx', dev],
        ['fraud', {}],
        ['fraud', { ...dev, all: true }],
        ['fraud', { ...dev, where: {} }],
      ] as const) {
        expect(await refusal(text, { ...given, after: cursor })).toMatchObject({
          code: 'BAD_USER_INPUT',
          field: 'after',
        })
      }
      expect(await refusal('fraud', { ...dev, after: 'x' })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'after',
      })
      expect(await refusal('fraud', { ...dev, first: 501 })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'first',
      })
    })

    it('shows where the words stand, as HTML that holds nothing of the text but text', async () => {
      const highlights = async (text: string) => (await search(text)).edges[0].highlights
      expect(await highlights('stolen well')).toEqual([
        {
          field: 'description',
          fragment:
            'Finds <mark>stolen</mark> cards: &lt;b&gt;fast&lt;/b&gt; &amp; &quot;<mark>well</mark>&quot;.',
        },
      ])
      expect(await highlights('fraud pay')).toEqual([
        { field: 'name', fragment: '<mark>fraud</mark>-detector' },
        { field: 'tags.team', fragment: 'team: <mark>payments</mark>' },
      ])
      expect(await highlights('uberwachung')).toEqual([
        { field: 'name', fragment: 'Größen-<mark>Überwachung</mark>' },
      ])
      expect(await highlights('detector september')).toEqual([
        { field: 'name', fragment: 'fraud-<mark>detector</mark>' },
        { field: 'versions.1.description', fragment: 'Trained on <mark>september</mark>.' },
      ])
      expect(await highlights('adamw')).toEqual([
        { field: 'params.optimizer', fragment: 'optimizer: <mark>adamw</mark>' },
      ])
    })

    it('mends what is mistyped where nothing else has the words, and says what it took them for', async () => {
      const mended = async (text: string) => {
        const { edges, correction } = await search(text)
        return [correction, namesOf(edges)[0]]
      }
      expect(await mended('fruad detector')).toEqual(['fraud detector', 'fraud-detector'])
      expect(await mended('payemnts')).toEqual(['payments', 'fraud-detector'])
      expect(await mended('detctor')).toEqual(['detector', 'fraud-detector'])
      // As one types: the beginning of a word may be mistyped too.
      expect(await mended('septmbe')).toEqual(['september', 'fraud-detector/1'])
      // Two mistakes, or one in the first letter, from nine letters on.
      expect(await mended('clasifyer')).toEqual(['classifier', 'resnet50-classifier'])
      expect(await mended('glassifier')).toEqual(['classifier', 'resnet50-classifier'])
      // One in the first letter counts for two; none in words of up to four letters.
      for (const text of ['traud', 'chrn', 'frxxd', 'zebar1']) {
        expect(await search(text)).toMatchObject({ edges: [], correction: null })
      }
      // One of three words may be missing.
      expect(await mended('fraud detector nonsense')).toEqual([null, 'fraud-detector'])
    })

    it('takes whatever is written for words, or says what is wrong', async () => {
      for (const text of ['', ' ', '!!! -- ""', '\u0000\u0007\u001b', '\ud800', '(*', '^', '__']) {
        const { edges, message, totalCount } = await search(text)
        expect([edges, totalCount]).toEqual([[], 0])
        expect(message).toBe('There is nothing to search for in this text: no letter and no digit.')
      }
      for (const text of ['"fraud" detector', 'fraud AND detector', 'fraud + detector^']) {
        const { edges } = await search(text)
        expect(namesOf(edges), text).toContain('fraud-detector')
      }
      for (const text of [
        "fraud' | 'x",
        'fraud" OR "x',
        'NEAR(fraud detector, 2)',
        'fraud NOT detector',
        '-fraud',
        'a\\b',
        '§fraud',
        '¶fraud',
      ])
        expect((await search(text)).sources[0].state).toBe('OK')
      expect(await refusal('x'.repeat(10_000))).toEqual({
        code: 'BAD_USER_INPUT',
        field: 'text',
        message: 'The text has 10000 characters; at most 1000 are searched.',
      })
      expect(await refusal('a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11 l12 m13 n14 o15 p16 q17')).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'text',
      })
      expect((await search('f')).message).toContain('from two letters on')
      expect((await search('nowhere')).message).toContain('Nothing that is shown to you')
    })

    it('is in step with each write when the mutation answers', async () => {
      const write = (mutation: string) => gateway.data(`mutation { ${mutation} { __typename } }`)
      const model = 'model: { key: { registry: "dev", name: "penguin" } }'
      const version = 'version: { key: { registry: "dev", model: "penguin", version: "1" } }'
      await write('createModel(input: { registry: "dev", name: "penguin", description: "Swims." })')
      expect(await found('penguin swims')).toEqual(['penguin'])
      await write(`updateModel(input: { ${model}, description: "Waddles." })`)
      expect(await found('swims')).toEqual([])
      expect(await found('waddles')).toEqual(['penguin'])
      await write(`createModelVersion(input: { ${model}, source: "s3://b/p", description: "Fledgling." })`)
      expect(await found('fledgling')).toEqual(['penguin/1', 'penguin'])
      await write(
        `setModelVersionTags(input: { ${version}, tags: [{ key: "habitat", value: "antarctic" }] })`,
      )
      expect(await found('habitat antarctic')).toEqual(['penguin/1', 'penguin'])
      await write(`deleteModelVersionTags(input: { ${version}, keys: ["habitat"] })`)
      expect(await found('antarctic')).toEqual([])
      await write(`setAlias(input: { ${model}, alias: "emperor", version: "1" })`)
      expect(await found('emperor')).toEqual(['penguin', 'penguin/1'])
      await write(`deleteAlias(input: { ${model}, alias: "emperor" })`)
      expect(await found('emperor')).toEqual([])
      await write(`transitionStage(input: { ${version}, stage: "Archived" })`)
      expect(await found('fledgling')).toEqual(['penguin'])
      await write(`renameModel(input: { ${model}, newName: "puffin" })`)
      expect(await found('penguin')).toEqual([])
      expect(await found('puffin')).toEqual(['puffin'])
      const renamed = version.replace('penguin', 'puffin')
      await write(`deleteModelVersion(input: { ${renamed} })`)
      expect(await found('fledgling', { ...dev, all: true })).toEqual([])
      await write(`deleteModel(input: { ${model.replace('penguin', 'puffin')} })`)
      expect(await found('puffin', { ...dev, all: true })).toEqual([])
      await expectIndexInStep(database)
    })

    it('is in step with what others do when that is noticed', async () => {
      const store = createLocalStore(database, 'dev')
      await store.models.create({ name: 'walrus', description: 'Tusked.' })
      await expect.poll(() => found('tusked'), { timeout: 10_000 }).toEqual(['walrus'])
      await store.models.delete('walrus')
      await expect.poll(() => found('tusked'), { timeout: 10_000 }).toEqual([])
      await expectIndexInStep(database)
    })

    it('takes in what says more than a database indexes of one document, as far as that goes', async () => {
      const store = createLocalStore(database, 'dev')
      await store.models.create({ name: 'chatterbox', description: 'w'.repeat(5000) })
      for (let version = 1; version <= 20; version++) {
        const said = Array.from({ length: 2000 }, (_, index) => `v${version}w${index}`.padEnd(40, 'x'))
        const given = { model: 'chatterbox', source: 's3://b/c', description: said.join(' ') }
        await store.versions.create(given)
        await store.aliases.set({ model: 'chatterbox', alias: `a${version}` }, `${version}`)
      }
      await expect.poll(() => found('chatterbox'), { timeout: 20_000 }).toEqual(['chatterbox'])
      await expect
        .poll(async () => (await found('v20w7*')).sort(), { timeout: 20_000 })
        .toContain('chatterbox/20')
      await expectIndexInStep(database)
      // What is one word without end is shown as far as a fragment goes.
      const [{ highlights }] = (await search('wwww')).edges
      expect(highlights).toHaveLength(1)
      expect(highlights[0].fragment).toMatch(/^<mark>w{40,240}<\/mark>…$/)
      await store.models.delete('chatterbox')
      await expect.poll(() => found('chatterbox'), { timeout: 10_000 }).toEqual([])
    }, 60_000)
  })
}
