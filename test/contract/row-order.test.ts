import { describe, expect, it } from 'vitest'
import {
  compareOrderValues,
  comparePositions,
  type ModelRecord,
  type ModelVersionRecord,
  modelOrderValues,
  modelPlace,
  type Position,
  sortModels,
  sortVersions,
  type VersionOrder,
  versionOrderValues,
  versionPlace,
} from '../../src/contract/index.ts'

const time = (milliseconds: number) => new Date(milliseconds)

const model: ModelRecord = {
  name: 'churn',
  description: null,
  tags: [],
  aliases: [],
  createdAt: time(5),
  updatedAt: null,
  archived: false,
  latestVersions: null,
}

const version: ModelVersionRecord = {
  modelName: 'churn',
  version: '12',
  description: null,
  tags: [],
  aliases: null,
  stage: null,
  archived: false,
  status: 'READY',
  statusMessage: null,
  source: null,
  artifactUri: null,
  runId: 'run',
  digest: null,
  sizeBytes: null,
  createdAt: null,
  updatedAt: time(7),
  createdBy: null,
}

describe('the values of a row', () => {
  it('of a model are its name and times', () => {
    const order = [
      { field: 'name', direction: 'asc' },
      { field: 'createdAt', direction: 'desc' },
      { field: 'updatedAt', direction: 'asc' },
    ] as const
    expect(modelOrderValues(order, model)).toEqual(['churn', 5, null])
  })

  it('of a version are its model, number, times and metrics', () => {
    const order = [
      { field: 'model', direction: 'asc' },
      { field: 'version', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      { field: 'updatedAt', direction: 'asc' },
      { field: 'metric', key: 'auc', direction: 'desc' },
    ] as const
    expect(versionOrderValues(order, version)).toEqual(['churn', '12', null, 7, null])
    expect(versionOrderValues(order, version, (key) => (key === 'auc' ? 0.5 : null))).toEqual([
      'churn',
      '12',
      null,
      7,
      0.5,
    ])
  })
})

const byMetric = (direction: 'asc' | 'desc'): VersionOrder[] => [{ field: 'metric', key: 'auc', direction }]
const place = (values: Position['values'], name: string | null, number: string | null = null) => ({
  values,
  name,
  version: number,
})

describe('compareOrderValues', () => {
  it.each(['asc', 'desc'] as const)('puts nulls last, %s', (direction) => {
    expect(compareOrderValues(byMetric(direction), [null], [1])).toBeGreaterThan(0)
    expect(compareOrderValues(byMetric(direction), [1], [null])).toBeLessThan(0)
    expect(compareOrderValues(byMetric(direction), [null], [null])).toBe(0)
    expect(compareOrderValues(byMetric(direction), [], [1])).toBeGreaterThan(0)
  })

  it('compares infinities', () => {
    const values = [Number.NEGATIVE_INFINITY, -1, 0, 1, Number.POSITIVE_INFINITY]
    expect(values.toReversed().toSorted((a, b) => compareOrderValues(byMetric('asc'), [a], [b]))).toEqual(
      values,
    )
    expect(values.toSorted((a, b) => compareOrderValues(byMetric('desc'), [a], [b]))).toEqual(
      values.toReversed(),
    )
    expect(compareOrderValues(byMetric('asc'), [Infinity], [Infinity])).toBe(0)
  })

  it('compares versions by number and names by code point', () => {
    const byVersion = [{ field: 'version', direction: 'desc' }] as const
    expect(compareOrderValues(byVersion, ['10'], ['9'])).toBeLessThan(0)
    const byName = [{ field: 'name', direction: 'asc' }] as const
    expect(compareOrderValues(byName, ['\uff5e'], ['\u{1f600}'])).toBeLessThan(0)
    expect(compareOrderValues(byName, ['10'], ['9'])).toBeLessThan(0)
  })

  it('goes on to the next entry on a tie', () => {
    const order = [
      { field: 'createdAt', direction: 'asc' },
      { field: 'model', direction: 'desc' },
    ] as const
    expect(compareOrderValues(order, [1, 'b'], [1, 'a'])).toBeLessThan(0)
    expect(compareOrderValues(order, [1, 'a'], [2, 'z'])).toBeLessThan(0)
  })
})

describe('comparePositions', () => {
  const order = byMetric('desc')

  it('breaks ties by name, then by version, ascending', () => {
    expect(comparePositions(order, place([1], 'a', '2'), place([1], 'b', '1'))).toBeLessThan(0)
    expect(comparePositions(order, place([1], 'a', '10'), place([1], 'a', '9'))).toBeGreaterThan(0)
    expect(comparePositions(order, place([1], 'a', '9'), place([1], 'a', '9'))).toBe(0)
    expect(comparePositions(order, place([1], 'a'), place([1], 'a'))).toBe(0)
  })

  it('puts a place without a name before every row of its values', () => {
    expect(comparePositions(order, place([1], null), place([1], '', '1'))).toBeLessThan(0)
    expect(comparePositions(order, place([1], ''), place([1], null))).toBeGreaterThan(0)
    expect(comparePositions(order, place([1], null), place([2], 'a'))).toBeGreaterThan(0)
  })
})

describe('the rows of a registry that is read whole', () => {
  it('stand at the values of the order, and their name and version', () => {
    expect(modelPlace([{ field: 'createdAt', direction: 'asc' }], model)).toEqual({
      values: [5],
      name: 'churn',
      version: null,
    })
    const order: VersionOrder[] = [{ field: 'metric', key: 'auc', direction: 'desc' }]
    expect(versionPlace(order, version, () => 0.5)).toEqual({ values: [0.5], name: 'churn', version: '12' })
  })

  it('are sorted with the ties of a list, nulls last, into an array of their own', () => {
    const rows = ['b', 'a', 'c', 'A'].map((name, index) => ({
      ...model,
      name,
      createdAt: index === 2 ? null : time(index % 2),
    }))
    const names = sortModels([{ field: 'createdAt', direction: 'desc' }], rows).map(({ name }) => name)
    expect(names).toEqual(['A', 'a', 'b', 'c'])
    expect(rows.map(({ name }) => name)).toEqual(['b', 'a', 'c', 'A'])
  })

  it('are sorted by the number of the version, and not by its text', () => {
    const rows = ['9', '10', '1'].map((number) => ({ ...version, version: number }))
    const sorted = sortVersions([{ field: 'model', direction: 'desc' }], rows)
    expect(sorted.map((row) => row.version)).toEqual(['1', '9', '10'])
  })
})
