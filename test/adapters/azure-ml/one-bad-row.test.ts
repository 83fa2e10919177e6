import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Adapter, type ListPage, type Outcome, RegistryError } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { rounds } from '../../environment/rounds.ts'
import { newCall } from '../counted-call.ts'
import { junk, placesIn, replaced } from '../junk.ts'
import { openAzure, storage } from './open-registry.ts'
import { modelQuery, versionQuery } from './queries.ts'

const names = ['a', 'b', 'c', 'd']
const systemData = {
  createdAt: '2026-01-02T03:04:05Z',
  lastModifiedAt: '2026-01-02T03:04:06Z',
  createdBy: 'Ada',
}
const kinds = {
  models: (name: string) => ({
    name,
    systemData,
    properties: {
      description: 'A model.',
      tags: { team: 'fraud', 'alias.champion': '1' },
      properties: { trained: 'yes' },
      isArchived: false,
    },
  }),
  versions: (name: string) => ({
    name: '1',
    systemData,
    properties: {
      description: `A version of ${name}.`,
      tags: { team: 'fraud', stage: 'Staging' },
      properties: { trained: 'yes' },
      isArchived: false,
      modelUri: `${storage}/${name}`,
      jobName: `job-${name}`,
      stage: 'Staging',
      provisioningState: 'Succeeded',
    },
  }),
  jobs: (name: string) => ({
    name: `job-${name}`,
    systemData,
    properties: {
      displayName: 'train',
      status: 'Completed',
      inputs: { depth: { jobInputType: 'literal', value: '5' } },
      services: { Studio: { endpoint: 'https://ml.example/job' } },
    },
  }),
}
type Kind = keyof typeof kinds

/** What is corrupted, where, and by what; at no place: all of it. */
const corruptions = fc.constantFrom<Kind>('models', 'versions', 'jobs').chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    name: fc.constantFrom(...names),
    place: fc.constantFrom([], ...placesIn(kinds[kind]('a'))),
    by: junk,
  }),
)

describe('one record of Azure ML that cannot be read', () => {
  const wires: Record<Kind, Map<string, unknown>> = {
    models: new Map(),
    versions: new Map(),
    jobs: new Map(),
  }
  const restore = () => {
    for (const kind of Object.keys(kinds) as Kind[])
      for (const name of names) wires[kind].set(name, kinds[kind](name))
  }
  const find = (path: string): unknown => {
    const [, collection, name = '', ...rest] =
      /\/(models|jobs)(?:\/([^/]*)(\/versions)?(\/.*)?)?$/.exec(path) ?? []
    if (collection === 'jobs') return wires.jobs.get(name.replace('job-', ''))
    if (name === '') return { value: [...wires.models.values()] }
    const [versions, version] = rest
    if (versions === undefined) return wires.models.get(name)
    const found = wires.versions.get(name)
    return version === undefined ? { value: found === undefined ? [] : [found] } : found
  }
  const server = createServer((request, response) => {
    request.resume()
    const found = find(new URL(request.url ?? '', 'http://loopback').pathname)
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found ?? { error: { code: 'NotFound', message: 'Not there.' } }))
  })
  let url: string
  let registry: Adapter
  let whole: Awaited<ReturnType<typeof readAll>>

  beforeAll(async () => {
    url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  })
  beforeEach(async () => {
    restore()
    registry = await openAzure(url)
    whole = await readAll()
  })
  afterEach(() => registry.close())
  afterAll(() => closeServer(server))

  const named = (field: 'name' | 'model') =>
    ({ kind: 'text', field, tests: [{ operator: 'in', values: names, ignoreCase: false }] }) as const
  async function readAll() {
    const { models, versions, aliases, runs } = registry
    const of = <T>(make: (model: string) => T) => names.map(make)
    return {
      lists: {
        models: await models.list(modelQuery(), newCall()),
        modelsByName: await models.list(modelQuery({ filter: named('name') as never }), newCall()),
        versions: await versions.list(versionQuery(), newCall()),
        versionsByModel: await versions.list(versionQuery({ filter: named('model') as never }), newCall()),
      } as Record<string, ListPage<object, unknown>>,
      batches: {
        models: await models.get(names, newCall()),
        versions: await versions.get(
          of((model) => ({ model, version: '1' })),
          newCall(),
        ),
        latest: await versions.latest(names, newCall()),
        ofModels: await versions.ofModels(names, 5, newCall()),
        aliases: await aliases?.resolve(
          of((model) => ({ model, alias: 'champion' })),
          newCall(),
        ),
        runs: await runs?.get(
          of((model) => `job-${model}`),
          newCall(),
        ),
      } as Record<string, readonly Outcome<unknown>[]>,
    }
  }

  const nameOf = (row: object) => ('modelName' in row ? row.modelName : 'name' in row ? row.name : null)
  function expectOthers(read: typeof whole, bad: string) {
    // Under another name that can be read it is another model, of which nothing else is there.
    const isRenamed = read.batches.models?.includes(null)
    for (const [list, page] of Object.entries(read.lists)) {
      const others = (of: ListPage<object, unknown> | undefined) =>
        of?.items.filter((row) => nameOf(row) !== bad && names.includes(String(nameOf(row))))
      expect(others(page), list).toEqual(others(whole.lists[list]))
      expect(others(page), list).toHaveLength(names.length - 1)
      if (page.items.length < names.length && !isRenamed)
        expect(page.flaw, list).toBeInstanceOf(RegistryError)
    }
    for (const [batch, outcomes] of Object.entries(read.batches)) {
      outcomes.forEach((outcome, index) => {
        if (names[index] !== bad) expect(outcome, batch).toEqual(whole.batches[batch]?.[index])
      })
    }
  }

  it('leaves all others as they are, in every list and batch', {
    timeout: rounds(60_000, 600_000),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(corruptions, async ({ kind, name, place, by }) => {
        restore()
        wires[kind].set(name, replaced(kinds[kind](name), place, by))
        expectOthers(await readAll(), name)
      }),
      { numRuns: rounds(300, 1500) },
    )
  })

  it('is an error of its own, and its row is said to be missing', async () => {
    wires.models.set('b', replaced(kinds.models('b'), ['properties', 'tags'], { team: 5 }))
    wires.versions.set('c', replaced(kinds.versions('c'), ['properties', 'modelUri'], 5))
    const { lists, batches } = await readAll()
    const left = (list: string) => lists[list]?.items.map(nameOf)
    expect(left('models')).toEqual(['a', 'c', 'd'])
    expect(left('modelsByName')).toEqual(['a', 'c', 'd'])
    expect(left('versionsByModel')).toEqual(['a', 'b', 'd'])
    for (const [list, page] of Object.entries(lists))
      expect(page.flaw, list).toMatchObject({ code: 'REGISTRY_ERROR' })
    for (const outcome of [batches.models?.[1], batches.versions?.[2], batches.latest?.[2]])
      expect(outcome).toMatchObject({ code: 'REGISTRY_ERROR' })
    expect(batches.ofModels?.[2]).toEqual({ versions: [], complete: false })
  })

  it.each([null, 5, '', 'a/b'])('has no name that can be read: %j', async (name) => {
    wires.models.set('b', replaced(kinds.models('b'), ['name'], name))
    const { lists } = await readAll()
    expect(lists.models?.items.map(nameOf)).toEqual(['a', 'c', 'd'])
    expect(lists.models?.flaw).toMatchObject({ code: 'REGISTRY_ERROR' })
    expect(lists.versions?.items.map(nameOf)).toEqual(['a', 'c', 'd'])
    expect(lists.versions?.flaw).toMatchObject({ code: 'REGISTRY_ERROR' })
  })
})
