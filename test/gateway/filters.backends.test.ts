import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { mlflowVersions } from '../environment/provided.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource, createPostgresSource, type DatabaseSource } from '../state/database-source.ts'
import { holds, type Row, type Where } from './brute-force.ts'
import { oddFleet, oddTexts } from './odd-fleet.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'
import { seedLocal } from './seed-local.ts'
import { seedMlflow } from './seed-mlflow.ts'
import { modelWhere, versionWhere } from './where-arbitraries.ts'

const prefix = `filters-${process.pid}-`

interface Backend {
  readonly name: string
  readonly open: () => Promise<OpenGateway>
  readonly dispose: () => Promise<void>
}

function mlflow(version: (typeof mlflowVersions)[number]): Backend {
  return {
    name: `MLflow ${version}`,
    open: async () => {
      requireBackend(`mlflow ${version}`)
      const { url } = inject('mlflow')[version]
      await seedMlflow(url, oddFleet(prefix), `${prefix}runs`)
      return openGateway({
        environments: ['dev'],
        registries: [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }],
      })
    },
    dispose: async () => {},
  }
}

function local(name: string, source: () => DatabaseSource): Backend {
  let database: DatabaseSource | null = null
  return {
    name,
    open: async () => {
      database = source()
      const url = await database.createUrl()
      await seedLocal(url, 'main', oddFleet(prefix))
      return openGateway({
        environments: ['dev'],
        registries: [{ name: 'main', adapter: 'local', environment: 'dev', timeoutMs: 30_000 }],
        database: { url },
      })
    },
    dispose: async () => database?.dispose(),
  }
}

const backends: Backend[] = [
  local('the local store on SQLite', createFileSource),
  local('the local store on PostgreSQL', () => {
    requireBackend('postgres')
    return createPostgresSource(inject('postgresUrl'))
  }),
  ...mlflowVersions.map(mlflow),
]

const modelFields = 'name description tags { key value } aliases { name } createdAt updatedAt'
const versionFields = `modelName version description tags { key value } aliases { name } stage status source runId
  createdAt updatedAt metrics { key value nonFinite } params { key value }`

describe.each(backends)('filters on $name give what brute force gives', ({ open, dispose }) => {
  let gateway: OpenGateway
  let models: Row[]
  let versions: Row[]

  const listModels = async (where: Where): Promise<Row[]> =>
    (
      await gateway.data(
        `query ($where: ModelFilter) { models(first: 500, where: $where) { nodes { ${modelFields} } complete sources { error { message } } } }`,
        { where },
      )
    ).models.nodes
  const listVersions = async (where: Where): Promise<Row[]> => {
    const { modelVersions } = await gateway.data(
      `query ($where: ModelVersionFilter) { modelVersions(first: 500, includeArchived: true, where: $where) {
        nodes { ${versionFields} } complete sources { error { message } } } }`,
      { where },
    )
    expect(modelVersions.sources).toEqual([{ error: null }])
    return modelVersions.nodes
  }

  beforeAll(async () => {
    gateway = await open()
    models = await listModels({ name: { startsWith: prefix } })
    versions = await listVersions({ model: { startsWith: prefix } })
    expect(models.map(({ name }) => name).toSorted()).toEqual(
      oddTexts.map((text) => prefix + text).toSorted(),
    )
    expect(versions.length).toBeGreaterThan(oddTexts.length * 2)
  }, 240_000)
  afterAll(async () => {
    await gateway?.close()
    await dispose()
  })

  // Other suites write to the same servers.
  const ourModels = (where: Where): Where => ({ and: [{ name: { startsWith: prefix } }, where] })
  const ourVersions = (where: Where): Where => ({ and: [{ model: { startsWith: prefix } }, where] })
  const key = ({ modelName, version }: Row) => `${modelName}/${version}`

  it('of models', async () => {
    const times = models.map((row) => String(row.createdAt))
    await fc.assert(
      fc.asyncProperty(modelWhere(prefix, times), async (where) => {
        const expected = models.filter((row) => holds(where, row)).map(({ name }) => name)
        expect((await listModels(ourModels(where))).map(({ name }) => name)).toEqual(expected)
      }),
      { numRuns: rounds(60, 600) },
    )
  }, 600_000)

  it('of versions', async () => {
    const times = versions.map((row) => String(row.createdAt))
    await fc.assert(
      fc.asyncProperty(versionWhere(prefix, times), async (where) => {
        const expected = versions.filter((row) => holds(where, row)).map(key)
        expect((await listVersions(ourVersions(where))).map(key)).toEqual(expected)
      }),
      { numRuns: rounds(60, 600) },
    )
  }, 600_000)
})
