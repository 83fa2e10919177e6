import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const perOrigin = 30
const origins = ['one', 'two'] as const
const names = [...origins, 'copies', 'earlier'] as const

let gateway: OpenGateway
const stubs = new Map<string, MlflowStub>()
const stub = (name: string): MlflowStub => {
  const found = stubs.get(name)
  if (found === undefined) throw new Error(`no stub ${name}`)
  return found
}

/** Originals with runs; copies of them without; and copies of earlier releases, whose runs only hold the files. */
beforeAll(async () => {
  for (const name of names) stubs.set(name, await startMlflowStub())
  for (const [place, origin] of origins.entries()) {
    for (let index = 0; index < perOrigin; index++) {
      const { store } = stub(origin)
      const model = `${origin}-${index}`
      const auc = (index * origins.length + place) / 100
      const runId = `${origin}-run-${index}`
      store.addRun({ runId, metrics: new Map([['auc', auc]]), params: new Map([['depth', String(index)]]) })
      store.addModel(model, { versions: [{ runId }] })
      const tags = { 'modelgate.copied_from': `models://${origin}/${model}/1` }
      stub('copies').store.addModel(`copy-of-${model}`, { versions: [{ tags }] })
      const bare = stub('earlier').store.addRun({
        runId: `bare-${origin}-${index}`,
        tags: new Map([
          ['modelgate.transfer', `${origin}-${index}`],
          ['modelgate.origin', `models://${origin}/${model}/1`],
        ]),
      })
      stub('earlier').store.addModel(`copy-of-${model}`, { versions: [{ tags, runId: bare.runId }] })
    }
  }
  gateway = await openGateway({
    environments: ['dev'],
    registries: names.map((name) => ({
      name,
      adapter: 'mlflow',
      environment: 'dev',
      url: stub(name).url,
      timeoutMs: 30_000,
    })),
  })
})
afterAll(async () => {
  await gateway.close()
  for (const each of stubs.values()) await each.close()
})

/** Asked twice: what is found out once is known the second time. */
async function count(list: string) {
  const query = `{ modelVersions(${list}) { totalCount complete nodes {
    modelName runId metric(key: "auc") metrics { key value } params { key value } run { runId registry { name } }
  } } }`
  await gateway.data(query)
  for (const each of stubs.values()) each.log.reset()
  const { modelVersions } = await gateway.data(query)
  expect(modelVersions.complete).toBe(true)
  return { modelVersions, asked: Object.fromEntries(origins.map((name) => [name, stub(name).log.requests])) }
}

const half = perOrigin / 100

describe.each(['copies', 'earlier'])(
  'a page of 60 copies that have no run that says something (%s)',
  (of) => {
    it.each([
      ['read', `registries: ["${of}"], first: 60`, 60],
      [
        'filtered by a metric',
        `registries: ["${of}"], first: 60, where: { metric: { key: "auc", value: { gte: ${half} } } }`,
        30,
      ],
      [
        'filtered by a param',
        `registries: ["${of}"], first: 60, where: { param: { key: "depth", value: { in: ["3", "4"] } } }`,
        4,
      ],
      [
        'ordered by a metric',
        `registries: ["${of}"], first: 60, orderBy: [{ metric: { key: "auc", direction: DESC } }]`,
        60,
      ],
    ])(
      '%s asks each registry of their origins for the versions and the runs once',
      async (_, list, total) => {
        const { modelVersions, asked } = await count(list)
        expect(modelVersions.totalCount).toBe(total)
        for (const origin of origins) {
          expect(asked[origin]?.map(({ path }) => path.split('/').slice(-2).join('/')).toSorted()).toEqual([
            'model-versions/search',
            'runs/search',
          ])
        }
      },
    )

    it('has in each row what the origin’s run says, and whose it is', async () => {
      const { modelVersions } = await count(`registries: ["${of}"], first: 60`)
      for (const { modelName, runId, ...facts } of modelVersions.nodes) {
        const [, origin = '', index = ''] = /^copy-of-(\w+)-(\d+)$/.exec(modelName) ?? []
        const auc = stub(origin).store.runs.get(`${origin}-run-${index}`)?.metrics.get('auc')
        expect(runId).toBe(of === 'copies' ? null : `bare-${origin}-${index}`)
        expect(facts).toEqual({
          metric: auc,
          metrics: [{ key: 'auc', value: auc }],
          params: [{ key: 'depth', value: index }],
          run: { runId: `${origin}-run-${index}`, registry: { name: origin } },
        })
      }
    })
  },
)

describe('a copy of an earlier release', () => {
  const version = async (model: string) =>
    (
      await gateway.data(
        `{ modelVersion(registry: "earlier", model: "${model}", version: "1") {
          metric(key: "auc") run { runId registry { name } } } }`,
      )
    ).modelVersion

  it('compares as its origin does', async () => {
    const { compareVersions } = await gateway.data(`{ compareVersions(
      from: { key: { registry: "one", model: "one-7", version: "1" } }
      to: { key: { registry: "earlier", model: "copy-of-one-7", version: "1" } }
    ) { metrics { change } params { change } } }`)
    expect(compareVersions).toEqual({ metrics: [{ change: 'SAME' }], params: [{ change: 'SAME' }] })
  })

  it('has what somebody has logged to its own run since', async () => {
    const run = stub('earlier').store.runs.get('bare-one-3')
    run?.metrics.set('auc', 0.99)
    expect(await version('copy-of-one-3')).toEqual({
      metric: 0.99,
      run: { runId: 'bare-one-3', registry: { name: 'earlier' } },
    })
    run?.metrics.clear()
  })

  it('has its own run where its origin is gone', async () => {
    stub('two').store.deleteModel('two-29')
    expect(await version('copy-of-two-29')).toEqual({
      metric: null,
      run: { runId: 'bare-two-29', registry: { name: 'earlier' } },
    })
  })
})
