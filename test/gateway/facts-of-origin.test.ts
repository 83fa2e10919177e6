import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedSampleFleet } from '../../src/adapters/local/sample-fleet/seed-sample-fleet.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const source = createFileSource()
let gateway: OpenGateway
let copied: { readonly of: Facts; readonly key: Key }[]

interface Key {
  readonly registry: string
  readonly model: string
  readonly version: string
}
interface Facts {
  readonly version: string
  readonly metric: number
}

/** Every version of churn_prediction in dev goes to a model of its own in `laptop`, and on from there. */
beforeAll(async () => {
  gateway = await openSample()
  const { model } = await gateway.data(
    '{ model(registry: "dev", name: "churn_prediction") { versions(includeArchived: true) { nodes { version metric(key: "auc") } } } }',
  )
  copied = []
  for (const of of model.versions.nodes) {
    const first = await copy(
      { registry: 'dev', model: 'churn_prediction', version: of.version },
      'laptop',
      'mine',
    )
    const key = { registry: 'laptop', model: 'mine', version: first.version }
    copied.push({ of, key })
    const last = await copy(key, 'end', 'mine')
    copied.push({ of, key: { registry: 'end', model: 'mine', version: last.version } })
  }
  expect(copied.length).toBeGreaterThan(4)
})
afterAll(async () => {
  await gateway.close()
  await source.dispose()
})

async function openSample(): Promise<OpenGateway> {
  const url = await source.createUrl()
  const database = await openGatewayDatabase(url, { log: silent })
  await seedSampleFleet(database)
  await database.close()
  const local = (name: string) => ({ name, adapter: 'local', environment: 'dev' })
  const registries = ['prod', 'staging', 'dev', 'laptop', 'end'].map(local)
  return openGateway({ environments: ['dev'], registries, database: { url } })
}

async function copy(source: Key, registry: string, name: string) {
  const input = { source: { key: source }, destination: { registry, name } }
  return (await gateway.data(mutations.copyVersion, { input })).copyModelVersion.modelVersion
}

const facts = `query ($registry: String!, $model: String!, $version: String!) {
  modelVersion(registry: $registry, model: $model, version: $version) {
    runId metric(key: "auc") metrics { key } params { key value } param(key: "max_depth")
    run { runId name status startedAt endedAt registry { name } metrics { key value } }
  }
}`

describe('a copy without a run of its own', () => {
  it('has the facts of its origin, which say whose they are', async () => {
    for (const { of, key } of copied) {
      const { modelVersion } = await gateway.data(facts, key)
      const origin = { registry: 'dev', model: 'churn_prediction', version: of.version }
      const { modelVersion: original } = await gateway.data(facts, origin)
      expect(original.run.registry.name).toBe('dev')
      expect(modelVersion).toEqual({ ...original, runId: null })
    }
  })

  const list = (where: object, orderBy: object[] = []) =>
    gateway.data(
      `query ($where: ModelVersionFilter, $orderBy: [ModelVersionOrder!]) {
        modelVersions(registries: ["laptop", "dev"], where: $where, orderBy: $orderBy, first: 100, includeArchived: true) {
          totalCount complete nodes { registry { name } modelName version metric(key: "auc") }
        }
      }`,
      { where, orderBy },
    )
  const ofBoth = { model: { in: ['churn_prediction', 'mine'] } }

  it('is found by its origin’s metrics and params, and by their absence', async () => {
    const all = (await list(ofBoth)).modelVersions.nodes
    const metrics = all.map(({ metric }: Facts) => metric)
    const middle = metrics.toSorted()[metrics.length >> 1]
    const condition = { metric: { key: 'auc', value: { gte: middle } } }
    const expected = all.filter(({ metric }: Facts) => metric >= middle)
    const found = (await list({ ...ofBoth, ...condition })).modelVersions
    expect(found.nodes).toEqual(expected)
    expect(found.totalCount).toBe(expected.length)
    expect(found.nodes.some((node: { modelName: string }) => node.modelName === 'mine')).toBe(true)
    const others = (await list({ ...ofBoth, not: condition })).modelVersions.nodes
    expect(others).toEqual(all.filter(({ metric }: Facts) => metric < middle))
    const twice = (await list({ ...ofBoth, not: { not: condition } })).modelVersions.nodes
    expect(twice).toEqual(expected)
  })

  it.each(['ASC', 'DESC'])('has its place in an order by metric: %s', async (direction) => {
    const orderBy = [{ metric: { key: 'auc', direction } }]
    const rows = (await list(ofBoth, orderBy)).modelVersions.nodes
    const sign = direction === 'ASC' ? 1 : -1
    const metrics = rows.map(({ metric }: Facts) => metric)
    expect(metrics).toEqual(metrics.toSorted((a: number, b: number) => sign * (a - b)))
    expect(rows).toHaveLength(copied.length)
  })

  it('compares as its origin does', async () => {
    for (const { of, key } of copied) {
      const from = { key: { registry: 'dev', model: 'churn_prediction', version: of.version } }
      const { compareVersions } = await gateway.data(
        `query ($from: ModelVersionRef!, $to: ModelVersionRef!) {
          compareVersions(from: $from, to: $to) { sameArtifact metrics { change } params { change } }
        }`,
        { from, to: { key } },
      )
      expect(compareVersions.sameArtifact).toBe(true)
      expect(compareVersions.metrics.length).toBeGreaterThan(0)
      for (const { change } of [...compareVersions.metrics, ...compareVersions.params])
        expect(change).toBe('SAME')
    }
  })
})

describe('the README', () => {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [query = '', mutation = ''] = [...text.matchAll(/-d '(\{"query":.*\})'$/gm)].map(
    ([, body = '']) => JSON.parse(body).query,
  )
  const shown = JSON.parse(/```json\n(\{"data".*?)```/s.exec(text)?.[1] ?? '')

  it('shows what its query answers of the sample fleet', async () => {
    const { data } = await gateway.ask(query)
    const byRegistry = (node: { registry: { name: string } }) => node.registry.name
    expect(data.modelVersions.complete).toBe(true)
    expect(Object.groupBy(data.modelVersions.nodes, byRegistry)).toEqual(
      Object.groupBy(shown.data.modelVersions.nodes, byRegistry),
    )
  })

  it('shows what a real copy gives', async () => {
    const sample = await openSample()
    const { copyModelVersion } = await sample.data(mutation)
    expect(copyModelVersion.modelVersion.source).toBe('models://dev/churn_prediction/4')
    const { version } = copyModelVersion.modelVersion
    const input = {
      model: { key: { registry: 'staging', name: 'churn_prediction' } },
      alias: 'champion',
      version,
    }
    await sample.data(mutations.setAlias, { input })
    const { nodes } = (await sample.data(query)).modelVersions
    const of = (name: string) =>
      nodes.find((node: { registry: { name: string } }) => node.registry.name === name)
    expect(of('staging')).toEqual({
      registry: { name: 'staging' },
      version,
      stage: 'None',
      metric: of('dev').metric,
      copiedFrom: { registry: { name: 'dev' }, version: '4' },
    })
    await sample.close()
  })
})
