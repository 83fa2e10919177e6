import { beforeEach, describe, expect, it } from 'vitest'
import { copyVersion } from '../doubles/carry-out-by-name.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

let from: PlainRegistry
let to: PlainRegistry
let asked: string[]
beforeEach(() => {
  from = new PlainRegistry()
  to = new PlainRegistry()
  asked = []
  to.meddle = (operation, write) => {
    asked.push(operation)
    return write()
  }
})

function refer(place: string) {
  from.addVersion('m', {}, { place })
  return copyVersion(openSession(openFederation({ from, to })), {
    source: { kind: 'key', registry: 'from', model: 'm', version: '1' },
    destination: { registry: 'to', name: 'copy' },
    artifacts: 'REFERENCE',
    tags: [],
    idempotencyKey: null,
  })
}

describe('a copy that refers to its files', () => {
  it.each([
    ['dbfs:/databricks/mlflow/0/run/artifacts/model', 'one Databricks workspace'],
    ['DBFS:/mnt/models/net', 'one Databricks workspace'],
    ['dbfs://profile@databricks/mnt/models/net', 'one Databricks workspace'],
    ['azureml://jobs/train/outputs/artifacts/paths/model', 'no Azure ML workspace'],
    ['azureml://datastores/mine/paths/model', 'no Azure ML workspace'],
    ['azureml:net:3', 'no Azure ML workspace'],
    ['runs:/0123456789abcdef/model', 'a run or a model'],
    ['models:/m-0123456789abcdef', 'a run or a model'],
    ['models:/net/3', 'a run or a model'],
    ['hdfs:///user/models/net', 'no server'],
    ['hdfs:/user/models/net', 'no server'],
    ['viewfs:///models/net', 'no server'],
    ['s3:///models/net', 'no server'],
    ['abfss:///models/net', 'no storage account'],
    ['abfss://container/models/net', 'no storage account'],
    ['wasbs://container/models/net', 'no storage account'],
    ['pvc://claim/models/net', 'one cluster'],
    ['file://elsewhere/models/net', 'another machine'],
    ['file:models/net', 'a path that begins in a folder'],
    ['./mlruns/0/run/artifacts/model', 'a path that begins in a folder'],
    ['mlruns/0/run/artifacts/model', 'a path that begins in a folder'],
    ['../models/net', 'a path that begins in a folder'],
    ['~/models/net', 'a path that begins in a folder'],
  ])('is refused before the destination is asked when they are at %s', async (place, why) => {
    await expect(refer(place)).rejects.toMatchObject({
      name: 'InputError',
      field: 'artifacts',
      message: expect.stringMatching(
        new RegExp(`in "from" .*${why}.* means nothing elsewhere: .*\\(artifacts: COPY\\)`),
      ),
    })
    expect(asked).toEqual([])
  })

  it.each([
    's3://bucket/models/net',
    'gs://bucket/models/net',
    'abfss://container@account.dfs.core.windows.net/models/net',
    'wasbs://container@account.blob.core.windows.net/models/net',
    'hdfs://namenode:8020/user/models/net',
    'https://models.example/net.tar.gz',
    'azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/d/paths/net',
    'azureml://locations/westeurope/workspaces/w/models/net/versions/3',
    'azureml://registries/org/models/net/versions/3',
    'hf:organisation/net',
    'mlflow-artifacts:/0/run/artifacts/model',
    'file:///models/net',
    'file:/models/net',
    '/models/net',
    'C:\\models\\net',
  ])('is left to the destination when they are at %s', async (place) => {
    expect(await refer(place)).toMatchObject({ registry: 'to', version: '1' })
    expect(to.versionsOf('copy')[0]?.place).toBe(place)
  })
})
