import { expect, it } from 'vitest'
import { type ModelFilter, RegistryError } from '../../src/contract/index.ts'
import { listModels, listVersions } from '../../src/federation/list/over-registries.ts'
import { toNodeId } from '../../src/federation/records/node-id.ts'
import { loadNode } from '../../src/federation/resolve/load-node.ts'
import type { Access } from '../../src/federation/session/access.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const team: Access = {
  isRestricted: true,
  mayLookAround: true,
  assertMayLookAround: () => {},
  admits: (registry, model) => registry === 'b' || model.startsWith('team-'),
  admitsAnyNamed: (registry, model) => registry === 'b' || model.startsWith('team-'),
  nameFilterIsExact: () => false,
  nameFilter: (registry) =>
    registry === 'b'
      ? null
      : { kind: 'name', tests: [{ operator: 'startsWith', value: 'team-', ignoreCase: false }] },
  viewKey: 'team',
  levelOf: () => 'MANAGE',
  mayGrant: () => true,
  assertMayWrite: async () => {},
}

function open(asked: unknown[]) {
  const registries = Object.fromEntries(
    ['a', 'b'].map((name) => {
      const registry = new PlainRegistry()
      for (const model of ['other', 'team-x', 'team-y']) registry.addVersion(model, {})
      const { adapter } = registry
      const list: typeof adapter.models.list = (query, call) => {
        asked.push([name, query.filter])
        return adapter.models.list(query, call)
      }
      return [name, { adapter: { ...adapter, models: { ...adapter.models, list } } }]
    }),
  )
  return openFederation(registries)
}

it('gives lists only what is admitted, and lets registries look for no more than that', async () => {
  const asked: unknown[] = []
  const federation = open(asked)
  const list = await listModels(openSession(federation, { access: team }), modelRequest)
  expect(list.nodes.map(({ registry, name }) => `${registry}/${name}`).toSorted()).toEqual([
    'a/team-x',
    'a/team-y',
    'b/other',
    'b/team-x',
    'b/team-y',
  ])
  expect(list.totalCount).toBe(5)
  expect(asked).toEqual([
    [
      'a',
      { kind: 'text', field: 'name', tests: [{ operator: 'startsWith', value: 'team-', ignoreCase: false }] },
    ],
    ['b', null],
  ])
  const versions = await listVersions(openSession(federation, { access: team }), modelRequest as never)
  expect(versions.nodes).toHaveLength(5)
})

it.each([
  ['eq', { operator: 'eq', value: 'other', ignoreCase: false }, [], ['team-x', 'team-y']],
  ['in', { operator: 'in', values: ['other', 'team-x'], ignoreCase: false }, ['team-x'], ['team-y']],
] as const)(
  'asks no registry for a name that is hidden, and gives all others: %s',
  async (_, test, named, others) => {
    const asked: unknown[] = []
    const federation = open(asked)
    const byName = { kind: 'text', field: 'name', tests: [test] } as const
    const namesOf = async (filter: ModelFilter) => {
      const request = { ...modelRequest, registries: ['a'], filter }
      const { nodes } = await listModels(openSession(federation, { access: team }), request)
      return nodes.map(({ name }) => name)
    }
    expect(await namesOf(byName)).toEqual(named)
    expect(await namesOf({ kind: 'not', filter: byName })).toEqual(others)
    expect(JSON.stringify(asked)).not.toContain('"other"')
  },
)

it('shares one read between callers of different access', async () => {
  const asked: unknown[] = []
  const federation = open(asked)
  const all: Access = { ...team, admits: () => true, nameFilter: () => null }
  const none: Access = { ...all, admits: () => false }
  const lists = await Promise.all(
    [all, none].map((access) => listModels(openSession(federation, { access }), modelRequest)),
  )
  expect(lists.map(({ nodes }) => nodes.length)).toEqual([6, 0])
  expect(asked).toHaveLength(2)
})

it.each([
  [undefined, ['null']],
  [true, ['ann', 'bob']],
])('with perCaller %s the registry is asked by %j', async (perCaller, expected) => {
  const registry = new PlainRegistry()
  registry.addVersion('m', {})
  const { adapter } = registry
  const asked: string[] = []
  const get: typeof adapter.models.get = async (names, call) => {
    asked.push(call.caller?.principal ?? 'null')
    return adapter.models.get(names, call)
  }
  const federation = openFederation({
    main: {
      adapter: { ...adapter, ...(perCaller && { perCaller }), models: { ...adapter.models, get } },
    },
  })
  await Promise.all(
    ['ann', 'bob', 'ann'].map((principal) =>
      openSession(federation, { caller: { principal, groups: [] } })
        .registry('main')
        .model('m'),
    ),
  )
  expect(asked).toEqual(expected)
})

/** Of each model of `a` a version with a run, of which one cannot be read. */
function openWithRuns(unreadable: string, asked: string[] = []) {
  const registry = new PlainRegistry()
  for (const model of ['other', 'team-x']) registry.addVersion(model, {}, { runId: `run of ${model}` })
  const { adapter } = registry
  const get = async (ids: readonly string[]) => {
    asked.push(...ids)
    return ids.map((runId) =>
      runId === unreadable
        ? new RegistryError('REGISTRY_ERROR', `${runId} is broken.`)
        : {
            runId,
            name: runId,
            status: null,
            user: null,
            startedAt: null,
            endedAt: null,
            url: null,
            experiment: null,
            params: [],
            metrics: [{ key: 'f1', value: 1, step: 0, at: null }],
            tags: [],
          },
    )
  }
  return openFederation({ a: { adapter: { ...adapter, runs: { ...adapter.runs, get } as never } } })
}

const byMetric = {
  ...modelRequest,
  order: [{ field: 'metric', key: 'f1', direction: 'desc' }],
} as never

it.each([
  ['run of other', true],
  ['run of team-x', false],
])('is complete unless something admitted could not be read: %s', async (unreadable, complete) => {
  const access = { ...team, nameFilter: () => null }
  const list = await listVersions(openSession(openWithRuns(unreadable), { access }), byMetric)
  expect(list.complete).toBe(complete)
  expect(list.nodes.map(({ modelName }) => modelName)).toEqual(['team-x'])
})

it('reads no runs of what is hidden, as what that costs would tell of it', async () => {
  const asked: string[] = []
  const federation = openWithRuns('none', asked)
  const access = { ...team, nameFilter: () => null }
  const list = await listVersions(openSession(federation, { access }), byMetric)
  expect(list.nodes.map(({ modelName }) => modelName)).toEqual(['team-x'])
  expect(asked).toEqual(['run of team-x'])
})

it('gives runs to who is restricted by their versions only', async () => {
  const federation = openWithRuns('none')
  const id = toNodeId({ type: 'Run', registry: 'a', runId: 'run of other' })
  expect(await loadNode(openSession(federation), id)).toMatchObject({ runId: 'run of other' })
  expect(await loadNode(openSession(federation, { access: team }), id)).toBeNull()
})
