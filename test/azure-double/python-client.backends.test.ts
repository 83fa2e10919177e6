import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { runPython } from '../environment/python.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { doubleCertificate } from './double-certificate.ts'

let double: AzureDouble
let folder: string
beforeAll(async () => {
  requireBackend('azure-ai-ml')
  double = await startAzureDouble({ tls: doubleCertificate })
  folder = await mkdtemp(join(tmpdir(), 'modelgate-azure-ai-ml-'))
  await writeFile(join(folder, 'ca.pem'), doubleCertificate.cert)
  await writeFile(join(folder, 'model.txt'), 'weights')
})
beforeEach(() => double.reset())
afterAll(async () => {
  await double?.close()
  await rm(folder, { recursive: true, force: true })
})

const head = `
import time
from azure.ai.ml import MLClient
from azure.ai.ml.entities import Model
from azure.core.credentials import AccessToken
class Credential:
    def get_token(self, *scopes, **kwargs): return AccessToken('any', int(time.time()) + 3600)
client = MLClient(Credential(), 'subscription', 'group', 'workspace', enable_telemetry=False)
path = 'azureml://subscriptions/subscription/resourcegroups/group/workspaces/workspace/datastores/workspaceblobstore/paths/iris'
def create(name, version=None, **more):
    return client.models.create_or_update(Model(name=name, version=version, path=path, **more))
def versions(name): return [model.version for model in client.models.list(name)]
def registry(): return MLClient(Credential(), registry_name='organisation', enable_telemetry=False)
`

/** An unmodified azure-ai-ml that finds a cloud of its own where the double is. */
const runClient = <T>(script: string): Promise<T> =>
  runPython<T>(inject('azureAiMlPython'), `${head}\n${script}`, {
    argument: { folder },
    env: {
      AZUREML_CURRENT_CLOUD: 'AzureDouble',
      ARM_CLOUD_METADATA_URL: `${double.url}/metadata/endpoints?api-version=2019-05-01`,
      REGISTRY_DISCOVERY_ENDPOINT_URL: `${double.url}/`,
      REQUESTS_CA_BUNDLE: join(folder, 'ca.pem'),
      SSL_CERT_FILE: join(folder, 'ca.pem'),
    },
  })

describe("Microsoft's client for Python", () => {
  it('creates, numbers, lists over pages, and reads', async () => {
    double.set({ pageSize: 2 })
    const result = await runClient(`
first = create('iris', '1', tags={'a': 'b'}, stage='Staging', description='d')
second = create('iris')
for name in ['m1', 'm2', 'm3', 'm4']: create(name, '1')
for version in ['3', '4', '5']: create('iris', version)
read = client.models.get('iris', '1')
result = {
  'second': second.version,
  'containers': [model.name for model in client.models.list()],
  'versions': versions('iris'),
  'latest': client.models.get('iris', label='latest').version,
  'read': [read.tags, read.stage, read.description, read.path, read.creation_context.created_by],
}`)
    expect(result).toEqual({
      second: '2',
      containers: ['iris', 'm1', 'm2', 'm3', 'm4'],
      versions: ['5', '4', '3', '2', '1'],
      latest: '5',
      read: [
        { a: 'b' },
        'Staging',
        'd',
        'azureml://subscriptions/subscription/resourceGroups/group/workspaces/workspace/datastores/workspaceblobstore/paths/iris',
        'A User',
      ],
    })
  })

  it('archives and restores versions and containers, and updates tags', async () => {
    const result = await runClient(`
create('iris', '1', tags={'a': 'b'})
create('iris', '2')
create('other', '1')
seen = [versions('iris')]
client.models.archive('iris', '1')
seen.append(versions('iris'))
client.models.restore('iris', '1')
seen.append(versions('iris'))
client.models.archive('other')
seen.append([model.name for model in client.models.list()])
client.models.restore('other')
seen.append([model.name for model in client.models.list()])
read = client.models.get('iris', '1')
read.tags = {'c': 'd'}
seen.append(client.models.create_or_update(read).tags)
result = seen`)
    expect(result).toEqual([['2', '1'], ['2'], ['2', '1'], ['iris'], ['iris', 'other'], { c: 'd' }])
  })

  it('tells an error by its message', async () => {
    const result = await runClient(`
from azure.core.exceptions import HttpResponseError
def failure(work):
    try: work()
    except Exception as error: return [type(error).__name__, str(error).splitlines()[0]]
create('iris', '1')
def move():
    model = client.models.get('iris', '1')
    model.path = path + '/elsewhere'
    client.models.create_or_update(model)
result = [failure(lambda: client.models.get('iris', '9')), failure(move)]`)
    expect(result).toEqual([
      ['ResourceNotFoundError', '(UserError) The specified resource was not found.'],
      [expect.any(String), expect.stringContaining('Asset paths cannot be updated.')],
    ])
  })

  it('shares with a registry, and uploads to one', async () => {
    double.set({ longRunning: { retryAfterBesideArm: 1 } })
    const result = await runClient(`
create('iris', '1', tags={'a': 'b'})
shared = client.models.share('iris', '1', share_with_name='shared', share_with_version='7', registry_name='organisation')
uploaded = registry().models.create_or_update(Model(name='uploaded', version='1', path=argument['folder'] + '/model.txt'))
result = {
  'shared': [shared.name, shared.version, shared.tags],
  'uploaded': uploaded.path,
  'containers': [model.name for model in registry().models.list()],
  'versions': [model.version for model in registry().models.list('shared')],
}`)
    expect(result).toEqual({
      shared: ['shared', '7', { a: 'b' }],
      uploaded: expect.stringMatching(/\/_blobs\/organisation-[0-9a-f-]{36}\/model\.txt$/),
      containers: ['shared', 'uploaded'],
      versions: ['7'],
    })
    const { uploaded } = result as { uploaded: string }
    const sent = double.log.requests.find(({ method, path }) => method === 'PUT' && uploaded.endsWith(path))
    expect(sent?.body).toBe('weights')
  })
})
