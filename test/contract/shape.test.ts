import { describe, expect, it } from 'vitest'
import { modelShape, versionShape } from '../../src/contract/record-shapes.ts'
import { flawOf, flawsOf } from '../../src/contract/shape.ts'

const version = {
  modelName: 'fraud',
  version: '1',
  description: null,
  tags: [{ key: 'team', value: '' }],
  aliases: null,
  stage: null,
  archived: false,
  status: 'READY',
  statusMessage: null,
  source: null,
  artifactUri: null,
  runId: null,
  digest: null,
  sizeBytes: 5,
  createdAt: new Date(0),
  updatedAt: null,
  createdBy: null,
}

describe('a record', () => {
  it('has no flaw where it is as the contract says, with and without what may be left out', () => {
    for (const row of [version, { ...version, notes: [] }]) {
      expect(flawOf(versionShape, row)).toBeNull()
      expect(flawsOf(versionShape, row)).toEqual([])
    }
  })

  it.each([
    ['description', ''],
    ['sizeBytes', 2 ** 60],
    ['tags', [{ key: '', value: 'x' }]],
    ['tags', [{ key: 'a', value: 'x', colour: 'red' }]],
    ['colour', 'red'],
  ])('whose %s is %o does no harm, and is not exactly what it has to be', (name, value) => {
    const row = { ...version, [name]: value }
    expect(flawOf(versionShape, row)).toBeNull()
    expect(flawsOf(versionShape, row)).toEqual([name])
  })

  it.each([
    ['sizeBytes', -1],
    ['createdAt', new Date(Number.NaN)],
    ['status', 'ACTIVE'],
    ['notes', [{ key: 'a' }]],
    ['archived', undefined],
  ])('whose %s is %o is none', (name, value) => {
    const row = { ...version, [name]: value }
    expect(flawOf(versionShape, row)).toBe(name)
    expect(flawsOf(versionShape, row)).toEqual([name])
  })

  it('of a model holds versions of that model alone', () => {
    const model = {
      name: 'fraud',
      description: null,
      tags: [],
      aliases: [],
      createdAt: null,
      updatedAt: null,
    }
    const holding = (modelName: string) => ({
      ...model,
      archived: false,
      latestVersions: [{ ...version, modelName }],
    })
    expect(flawOf(modelShape, holding('fraud'))).toBeNull()
    expect(flawOf(modelShape, holding('churn'))).toBe('latestVersions')
  })

  it.each([null, 5, undefined])('is not %s', (value) => {
    expect(flawOf(versionShape, value)).toBe('')
    expect(flawsOf(versionShape, value)).toEqual(['not an object'])
  })
})
