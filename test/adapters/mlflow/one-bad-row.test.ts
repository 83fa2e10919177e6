import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Adapter,
  type ListPage,
  type ModelRecord,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
} from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { rounds } from '../../environment/rounds.ts'
import { newCall } from '../counted-call.ts'
import { junk, placesIn, replaced } from '../junk.ts'
import { openRegistry } from './open-registry.ts'

type Json = Record<string, unknown>

const names = ['a', 'b', 'c', 'd']
const time = 1_700_000_000_000
const tags = [{ key: 'team', value: 'fraud' }]

const version = (name: string) => ({
  name,
  version: '1',
  creation_timestamp: time,
  last_updated_timestamp: time,
  current_stage: 'None',
  description: 'A version.',
  source: 's3://bucket/model',
  run_id: `run-${name}`,
  status: 'READY',
  status_message: 'fine',
  user_id: 'ada',
  tags,
})
const model = (name: string) => ({
  name,
  creation_timestamp: time,
  last_updated_timestamp: time,
  description: 'A model.',
  tags,
  aliases: [{ alias: 'champion', version: '1' }],
  latest_versions: [version(name)],
})
const run = (name: string) => ({
  info: {
    run_id: `run-${name}`,
    experiment_id: '7',
    run_name: 'train',
    status: 'FINISHED',
    start_time: time,
    end_time: time,
  },
  data: { metrics: [{ key: 'auc', value: 0.9, step: 1 }], params: [{ key: 'depth', value: '5' }], tags },
})

const kinds = { models: model, versions: version, runs: run }

/** What is corrupted, where, and by what; at no place: all of it. */
const corruptions = fc.constantFrom<keyof typeof kinds>('models', 'versions', 'runs').chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    name: fc.constantFrom(...names),
    place: fc.constantFrom([], ...placesIn(kinds[kind]('a'))),
    by: junk,
  }),
)

describe('one record of MLflow that cannot be read', () => {
  const wires: Record<keyof typeof kinds, Map<string, unknown>> = {
    models: new Map(),
    versions: new Map(),
    runs: new Map(),
  }
  const restore = () => {
    for (const [kind, make] of Object.entries(kinds))
      for (const name of names) wires[kind as keyof typeof kinds].set(name, make(name))
  }
  const all = (kind: keyof typeof kinds) => [...wires[kind].values()]
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://loopback')
    request.resume()
    const name = searchParams.get('name') ?? searchParams.get('run_id')?.replace('run-', '') ?? ''
    const answers: Record<string, Json> = {
      'registered-models/search': { registered_models: all('models') },
      'registered-models/get': { registered_model: wires.models.get(name) },
      'model-versions/search': { model_versions: all('versions') },
      'model-versions/get': { model_version: wires.versions.get(name) },
      'experiments/search': { experiments: [{ experiment_id: '7' }] },
      'runs/search': { runs: all('runs') },
      'runs/get': { run: wires.runs.get(name) },
    }
    const answer = answers[pathname.replace('/api/2.0/mlflow/', '')] ?? {}
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  let url: string
  let registry: Adapter
  let whole: Awaited<ReturnType<typeof readAll>>

  beforeAll(async () => {
    url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  })
  // Each with a registry of its own: one that met a run under another id remembers that the right one is gone.
  beforeEach(async () => {
    restore()
    registry = await openRegistry(url, { serverVersion: '3.17.2', nameOrder: 'codePoint' })
    whole = await readAll()
  })
  afterEach(() => registry.close())
  afterAll(() => closeServer(server))

  const query = { filter: null, includeArchived: true, limit: 10, after: null, continuation: null }
  async function readAll() {
    const keys = names.map((name) => ({ model: name, version: '1' }))
    const runs = registry.runs as NonNullable<Adapter['runs']>
    return {
      lists: {
        models: await registry.models.list(
          { ...query, order: [{ field: 'name', direction: 'asc' }] },
          newCall(),
        ),
        versions: await registry.versions.list(
          { ...query, order: [{ field: 'model', direction: 'asc' }] },
          newCall(),
        ),
      },
      batches: {
        models: await registry.models.get(names, newCall()),
        latest: await registry.versions.latest(names, newCall()),
        versions: await registry.versions.get(keys, newCall()),
        runs: await runs.get(
          names.map((name) => `run-${name}`),
          newCall(),
        ),
      },
    }
  }

  function expectOthers(
    page: ListPage<ModelRecord | ModelVersionRecord, unknown>,
    good: typeof page,
    bad: string,
  ) {
    const nameOf = (row: ModelRecord | ModelVersionRecord) => ('name' in row ? row.name : row.modelName)
    const others = (of: typeof page) =>
      of.items.filter((row) => nameOf(row) !== bad && names.includes(nameOf(row)))
    expect(others(page)).toEqual(others(good))
    if (!page.items.some((row) => nameOf(row) === bad) && page.items.length < names.length)
      expect(page.flaw).toBeInstanceOf(RegistryError)
  }

  it(
    'leaves all others as they are, in every list and batch',
    async () => {
      await fc.assert(
        fc.asyncProperty(corruptions, async ({ kind, name, place, by }) => {
          restore()
          wires[kind].set(name, replaced(kinds[kind](name), place, by))
          const read = await readAll()
          expectOthers(read.lists.models, whole.lists.models, name)
          expectOthers(read.lists.versions, whole.lists.versions, name)
          for (const [batch, outcomes] of Object.entries(read.batches)) {
            const good = whole.batches[batch as keyof typeof whole.batches] as readonly Outcome<unknown>[]
            outcomes.forEach((outcome: Outcome<unknown>, index: number) => {
              if (names[index] !== name) expect(outcome).toEqual(good[index])
            })
          }
        }),
        { numRuns: rounds(300, 1500) },
      )
    },
    rounds(60_000, 600_000),
  )

  it('is read as far as it can be: a time in nanoseconds is none', async () => {
    wires.runs.set('b', replaced(run('b'), ['info', 'end_time'], 1_700_000_100_000_000_000))
    const { batches } = await readAll()
    expect(batches.runs[1]).toEqual({ ...(whole.batches.runs[1] as object), endedAt: null })
  })

  it('is an error of its own, and its row is said to be missing', async () => {
    wires.models.set('b', replaced(model('b'), ['name'], null))
    wires.versions.set('c', replaced(version('c'), ['tags'], 'none'))
    wires.runs.set('d', { info: {} })
    const { lists, batches } = await readAll()
    expect(lists.models.items.map(({ name }) => name)).toEqual(['a', 'c', 'd'])
    expect(lists.versions.items.map(({ modelName }) => modelName)).toEqual(['a', 'b', 'd'])
    for (const { flaw } of [lists.models, lists.versions])
      expect(flaw).toMatchObject({ code: 'REGISTRY_ERROR' })
    for (const outcome of [batches.models[1], batches.versions[2], batches.runs[3]])
      expect(outcome).toMatchObject({ code: 'REGISTRY_ERROR' })
  })
})
