import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter, ModelFilter, TextTest } from '../../../src/contract/index.ts'
import { MlflowWriter } from '../../conformance/mlflow-writer.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, versionQuery } from './queries.ts'

const name = `bounds-${randomUUID().slice(0, 8)}`
const test = (operator: 'contains' | 'startsWith' | 'eq', value: string): TextTest => ({
  operator,
  value,
  ignoreCase: false,
})
const all = (filters: readonly ModelFilter[]): ModelFilter => ({ kind: 'and', filters })
const names = (tests: readonly TextTest[]): ModelFilter => ({ kind: 'text', field: 'name', tests })
const many = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Valid filters that the model matches, or nothing does, and that MLflow cannot take whole. */
const filters: readonly [string, ModelFilter][] = [
  ['1,100 parts', all(many(1100).map((index) => names([test('contains', name.slice(0, 2 + (index % 12)))])))],
  [
    '1,100 different parts and the name',
    all([
      ...many(1100).map((index) => ({ kind: 'tag', key: `k${index}`, tests: [] }) as const),
      names([test('eq', name)]),
    ]),
  ],
  [
    '10,000 names',
    {
      kind: 'text',
      field: 'name',
      tests: [{ operator: 'in', values: [name, ...many(10_000).map(String)], ignoreCase: false }],
    },
  ],
  [
    '900 names of a thousand letters',
    {
      kind: 'text',
      field: 'name',
      tests: [
        {
          operator: 'in',
          values: [name, ...many(900).map((index) => `${index}`.padEnd(1000, 'x'))],
          ignoreCase: false,
        },
      ],
    },
  ],
  ['a part of 100,000 letters', names([test('contains', 'x'.repeat(100_000))])],
  [
    '200 parts of 4,900 letters',
    names(many(200).map((index) => test('startsWith', `${index}`.padEnd(4900, 'é')))),
  ],
]

describe.each(mlflowVersions)('MLflow %s', (version) => {
  let registry: Adapter
  beforeAll(async () => {
    requireBackend(`mlflow ${version}`)
    const { url } = inject('mlflow')[version]
    const writer = new MlflowWriter(url)
    await writer.post('registered-models/create', {
      name,
      tags: many(1100).map((index) => ({ key: `k${index}`, value: 'v' })),
    })
    await writer.post('model-versions/create', { name, source: 's3://b/m' })
    registry = await openRegistry(url)
  })
  afterAll(() => registry?.close())

  it.each(filters)(
    'takes of a filter of %s what it can, and the gateway is told of the rest',
    async (what, filter) => {
      const page = await registry.models.list(modelQuery({ filter, limit: 1000 }), newCall())
      expect(page.residue).toEqual(filter)
      const isNobodys = what.includes('letters') && !what.includes('names')
      if (!isNobodys && page.continuation === null) {
        expect(page.items.map((model) => model.name)).toContain(name)
      }
      const ofVersions = JSON.parse(JSON.stringify(filter).replaceAll('"field":"name"', '"field":"model"'))
      await registry.versions.list(versionQuery({ filter: ofVersions, limit: 10 }), newCall())
    },
  )
})
