import { describe, expect, it } from 'vitest'
import { isPrompt, toModelRecord, toVersionRecord } from '../../../src/adapters/mlflow/reads/to-records.ts'
import { toRunRecord } from '../../../src/adapters/mlflow/reads/to-run-record.ts'
import { RegistryError } from '../../../src/contract/index.ts'

describe('records of what MLflow writes', () => {
  it('take what is left out, and what is empty, for nothing', () => {
    expect(toModelRecord({ name: 'm', description: '' })).toEqual({
      name: 'm',
      description: null,
      tags: [],
      aliases: [],
      createdAt: null,
      updatedAt: null,
      archived: false,
      latestVersions: [],
    })
    expect(
      toVersionRecord({ name: 'm', version: '1', description: '', run_id: '', source: '' }, null),
    ).toEqual({
      modelName: 'm',
      version: '1',
      description: null,
      tags: [],
      aliases: null,
      stage: 'None',
      archived: false,
      status: 'READY',
      statusMessage: null,
      source: null,
      artifactUri: null,
      runId: null,
      digest: null,
      sizeBytes: null,
      createdAt: null,
      updatedAt: null,
      createdBy: null,
    })
  })

  it.each([
    ['READY', 'READY'],
    ['PENDING_REGISTRATION', 'PENDING'],
    ['FAILED_REGISTRATION', 'FAILED'],
    ['SOMETHING_NEW', 'UNKNOWN'],
  ])('know the status %s', (status, expected) => {
    expect(toVersionRecord({ name: 'm', version: '1', status }, null).status).toBe(expected)
  })

  it.each([
    ['s3://bucket/a', 's3://bucket/a'],
    ['/data/models/a', '/data/models/a'],
    ['models:/other/3', null],
    ['runs:/0123/model', null],
    ['mlflow-artifacts:/1/2/artifacts', null],
  ])('say of the source %s where the files are', (source, artifactUri) => {
    expect(toVersionRecord({ name: 'm', version: '1', source }, null)).toMatchObject({ source, artifactUri })
  })

  it('give the aliases of a model to its latest versions, and none that is reserved', () => {
    const model = toModelRecord({
      name: 'm',
      aliases: [
        { alias: 'champion', version: '2' },
        { alias: 'Latest', version: '2' },
        { alias: 'v1', version: '2' },
      ],
      latest_versions: [
        { name: 'm', version: '2', current_stage: 'Archived', creation_timestamp: 1700000000123 },
        { name: 'm', version: '1', current_stage: 'Production', creation_timestamp: '1700000000123' },
      ],
    })
    expect(model.aliases).toEqual([{ name: 'champion', version: '2' }])
    expect(model.latestVersions).toMatchObject([
      { aliases: ['champion'], archived: true, createdAt: new Date(1700000000123) },
      { aliases: [], stage: 'Production', createdAt: new Date(1700000000123) },
    ])
  })

  it('know a prompt by its tag', () => {
    expect(isPrompt({ tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] })).toBe(true)
    expect(isPrompt({ tags: [{ key: 'mlflow.prompt.is_prompt', value: 'false' }] })).toBe(false)
    expect(isPrompt({})).toBe(false)
  })

  it('read metrics as MLflow keeps them', () => {
    const metric = (value: unknown) => ({ key: 'k', value, step: 3 })
    const run = toRunRecord(
      {
        info: { run_id: 'r 1', experiment_id: '7', status: 'FINISHED', start_time: 5 },
        data: {
          metrics: ['NaN', Number.MAX_VALUE, -Number.MAX_VALUE, 'Infinity', 0.5].map(metric),
          params: [{ key: 'p' }],
          tags: [{ key: 'mlflow.runName', value: 'of old' }],
        },
      },
      'http://models.example/mlflow',
    )
    expect(run.metrics.map(({ value }) => value)).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0.5,
    ])
    expect(run).toMatchObject({
      name: 'of old',
      params: [{ key: 'p', value: '' }],
      startedAt: new Date(5),
      endedAt: null,
      url: 'http://models.example/mlflow/#/experiments/7/runs/r%201',
    })
  })

  it.each([1_700_000_100_000_000_000, 1_700_000_100_000_000, 'soon', '', true, {}, Number.NaN])(
    'take %j for no time',
    (time) => {
      const run = { run_id: 'r', start_time: 5, end_time: time }
      expect(toRunRecord({ info: run }, '')).toMatchObject({ startedAt: new Date(5), endedAt: null })
      expect(toModelRecord({ name: 'm', creation_timestamp: time })).toMatchObject({ createdAt: null })
    },
  )

  it('leave out what is no metric, no param and no text, and keep the rest', () => {
    const metrics = [{ key: 'k' }, { key: 'auc', value: 0.5, step: 1 }, { key: 5, value: 1 }]
    const params = [
      { key: 'depth', value: 5 },
      { key: 'loss', value: 'log' },
    ]
    const run = toRunRecord({ info: { run_id: 'r', status: 7 }, data: { metrics, params } }, '')
    expect(run).toMatchObject({ status: null, params: [{ key: 'loss', value: 'log' }] })
    expect(run.metrics).toEqual([{ key: 'auc', value: 0.5, step: 1 }])
  })

  it.each<[string, () => unknown]>([
    ['a name that is a number', () => toModelRecord({ name: 5 })],
    ['tags that are no list', () => toModelRecord({ name: 'm', tags: {} })],
    ['a tag that is null', () => toModelRecord({ name: 'm', tags: [null] })],
    ['a version that is a number', () => toVersionRecord({ name: 'm', version: 1 }, null)],
    ['a run without info', () => toRunRecord({}, '')],
  ])('refuse %s', (_, read) => {
    expect(read).toThrow(RegistryError)
  })
})
