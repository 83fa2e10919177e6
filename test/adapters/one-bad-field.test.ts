import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAsset } from '../../src/adapters/azure-ml/reads/asset.ts'
import { createStageTags } from '../../src/adapters/azure-ml/reads/stage-tags.ts'
import {
  toModelRecord as toAzureModel,
  toVersionRecord as toAzureVersion,
} from '../../src/adapters/azure-ml/reads/to-records.ts'
import { toRunRecord as toAzureRun } from '../../src/adapters/azure-ml/reads/to-run-record.ts'
import { stagesSchema } from '../../src/adapters/azure-ml/stages-config.ts'
import {
  toModelRecord as toMlflowModel,
  toVersionRecord,
  toVersionRecordWithAliases,
} from '../../src/adapters/mlflow/reads/to-records.ts'
import { toRunRecord as toMlflowRun } from '../../src/adapters/mlflow/reads/to-run-record.ts'
import { rounds } from '../environment/rounds.ts'
import { junk, placesIn, replaced } from './junk.ts'

const time = 1_700_000_000_000
const mlflowTags = [{ key: 'team', value: 'fraud' }]
const mlflowVersion = {
  name: 'net',
  version: '3',
  creation_timestamp: time,
  last_updated_timestamp: time,
  current_stage: 'Staging',
  description: 'A version.',
  source: 's3://bucket/model',
  run_id: 'run-1',
  status: 'READY',
  status_message: 'fine',
  user_id: 'ada',
  tags: mlflowTags,
}
const stages = stagesSchema.parse({ encoding: 'value' })
const systemData = {
  createdAt: '2026-01-02T03:04:05Z',
  lastModifiedAt: '2026-01-02T03:04:06Z',
  createdBy: 'Ada',
}

interface Kind {
  readonly wire: object
  readonly toRecord: (wire: never) => object
  /** Which fields of the record come from a place, by how it begins; those that are not here cannot be done without. */
  readonly shown: Readonly<Record<string, readonly string[]>>
}

const kinds: Readonly<Record<string, Kind>> = {
  'a run of MLflow': {
    wire: {
      info: {
        run_id: 'run-1',
        experiment_id: '7',
        run_name: 'train',
        status: 'FINISHED',
        start_time: time,
        end_time: time,
      },
      data: {
        metrics: [{ key: 'auc', value: 0.9, step: 1 }],
        params: [{ key: 'depth', value: '5' }],
        tags: mlflowTags,
      },
      inputs: { dataset_inputs: [{ dataset: { name: 'claims', digest: 'd', source: '{}' } }] },
    },
    toRecord: (wire) => toMlflowRun(wire, 'http://mlflow.example'),
    shown: {
      'info.experiment_id': ['url'],
      'info.run_name': ['name'],
      'info.status': ['status'],
      'info.start_time': ['startedAt'],
      'info.end_time': ['endedAt'],
      'data.metrics': ['metrics'],
      'data.params': ['params'],
      'data.tags': ['tags', 'sourceCommit'],
      data: ['metrics', 'params', 'tags', 'sourceCommit'],
      inputs: ['datasets'],
    },
  },
  'a version of MLflow': {
    wire: mlflowVersion,
    toRecord: (wire) => toVersionRecord(wire, null),
    shown: {
      creation_timestamp: ['createdAt'],
      last_updated_timestamp: ['updatedAt'],
      current_stage: ['stage', 'archived'],
      description: ['description'],
      source: ['source', 'artifactUri'],
      run_id: ['runId'],
      status: ['status'],
      status_message: ['statusMessage'],
      user_id: ['createdBy'],
    },
  },
  'a version of MLflow with its aliases': {
    wire: { ...mlflowVersion, aliases: ['champion'] },
    toRecord: toVersionRecordWithAliases,
    shown: { aliases: ['aliases'] },
  },
  'a model of MLflow': {
    wire: {
      name: 'net',
      creation_timestamp: time,
      last_updated_timestamp: time,
      description: 'A model.',
      tags: mlflowTags,
      aliases: [{ alias: 'champion', version: '3' }],
      latest_versions: [mlflowVersion],
    },
    toRecord: toMlflowModel,
    shown: {
      creation_timestamp: ['createdAt'],
      last_updated_timestamp: ['updatedAt'],
      description: ['description'],
      latest_versions: ['latestVersions'],
    },
  },
  'a job of Azure ML': {
    wire: {
      name: 'job-1',
      systemData,
      properties: {
        displayName: 'train',
        status: 'Completed',
        inputs: { depth: { jobInputType: 'literal', value: '5' } },
        services: { Studio: { endpoint: 'https://ml.example/job' } },
      },
    },
    toRecord: toAzureRun,
    shown: {
      systemData: ['startedAt'],
      'properties.displayName': ['name'],
      'properties.status': ['status'],
      'properties.inputs': ['params'],
      'properties.services': ['url'],
      properties: ['name', 'status', 'params', 'url'],
    },
  },
  'a version of Azure ML': {
    wire: {
      name: '3',
      systemData,
      properties: {
        description: 'A version.',
        tags: { team: 'fraud' },
        properties: { trained: 'yes' },
        isArchived: false,
        modelUri: 'azureml://registries/org/models/net/versions/3',
        jobName: 'job-1',
        provisioningState: 'Succeeded',
      },
    },
    toRecord: (wire) => toAzureVersion('net', toAsset(wire), [], createStageTags(stages)),
    shown: {
      systemData: ['createdAt', 'updatedAt', 'createdBy'],
      'properties.description': ['description'],
      'properties.properties': [],
      'properties.isArchived': ['archived'],
      'properties.jobName': ['runId'],
      'properties.provisioningState': ['status'],
    },
  },
  'a model of Azure ML': {
    wire: {
      name: 'net',
      systemData,
      properties: { description: 'A model.', tags: { team: 'fraud' }, isArchived: false },
    },
    toRecord: (wire) => toAzureModel(toAsset(wire)),
    shown: {
      systemData: ['createdAt', 'updatedAt'],
      'properties.description': ['description'],
      'properties.isArchived': ['archived'],
    },
  },
}

/** Of the place itself, or of the nearest one around it. */
function fieldsFrom({ shown }: Kind, place: readonly string[]): readonly string[] | null {
  for (let end = place.length; end > 0; end--) {
    const fields = shown[place.slice(0, end).join('.')]
    if (fields !== undefined) return fields
  }
  return null
}

const without = (record: object, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)))

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  const whole = kind.toRecord(kind.wire as never)
  const places = placesIn(kind.wire).filter((place) => fieldsFrom(kind, place) !== null)

  it('has every other field when one that is only shown is of the wrong kind', () => {
    expect(places.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, by) => {
        const fields = fieldsFrom(kind, place) ?? []
        const record = kind.toRecord(replaced(kind.wire, place, by) as never)
        expect(without(record, fields)).toEqual(without(whole, fields))
        expect(Object.keys(record)).toEqual(Object.keys(whole))
      }),
      { numRuns: rounds(500, 5000) },
    )
  })
})
