import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AzureMachineLearningWorkspaces, type ModelVersion } from '@azure/arm-machinelearning'
import { ClientSecretCredential, WorkloadIdentityCredential } from '@azure/identity'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wrongSecret } from './authority-routes.ts'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { doubleCertificate } from './double-certificate.ts'
import { modelUri } from './double-client.ts'

const run = promisify(execFile)
const askForIdentity = fileURLToPath(new URL('ask-for-identity.ts', import.meta.url))
const tlsOptions = { ca: doubleCertificate.cert }

let double: AzureDouble
let client: AzureMachineLearningWorkspaces
beforeAll(async () => {
  double = await startAzureDouble({ tls: doubleCertificate })
  client = createClient(anyToken)
})
beforeEach(() => double.reset())
afterAll(() => double.close())

const anyToken = {
  getToken: async () => ({ token: 'any', expiresOnTimestamp: Date.now() + 3_600_000 }),
}
type Credential = ConstructorParameters<typeof AzureMachineLearningWorkspaces>[0]

const createClient = (credential: Credential) => {
  const options = {
    endpoint: double.url,
    credentialScopes: 'https://management.azure.com/.default',
    tlsOptions,
    retryOptions: { maxRetries: 0 },
  }
  return new AzureMachineLearningWorkspaces(credential, 'subscription', options)
}

const all = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const found: Row[] = []
  for await (const row of rows) found.push(row)
  return found
}

const where = ['group', 'workspace'] as const
const put = (model: string, version: string, properties: ModelVersion['properties'] = {}) =>
  client.modelVersions.createOrUpdate(...where, model, version, {
    properties: { modelUri, ...properties },
  })

describe("Microsoft's client for Node", () => {
  it('creates a version, and reads it and its container', async () => {
    const created = await put('iris', '1', { tags: { a: 'b' }, modelType: 'mlflow_model' })
    const read = await client.modelVersions.get(...where, 'iris', '1')
    expect(read).toEqual(created)
    expect(read.properties).toMatchObject({ tags: { a: 'b' }, modelType: 'mlflow_model', isArchived: false })
    expect(read.systemData?.createdAt).toBeInstanceOf(Date)
    const container = await client.modelContainers.get(...where, 'iris')
    expect(container.properties).toMatchObject({ latestVersion: '1', nextVersion: '2' })
  })

  it('lists over pages, keeping what it asked for', async () => {
    double.set({ pageSize: 4 })
    const names = Array.from({ length: 9 }, (_, index) => `m${index}`)
    for (const name of names) await put(name, '1')
    expect((await all(client.modelContainers.list(...where))).map(({ name }) => name)).toEqual(names)
    for (const version of ['2', '3', '4'])
      await put('m0', version, { tags: version === '3' ? {} : { keep: '' } })
    const options = { orderBy: 'createdtime asc', tags: 'keep', top: 1 }
    const versions = await all(client.modelVersions.list(...where, 'm0', options))
    expect(versions.map(({ name }) => name)).toEqual(['2', '4'])
  })

  it('archives and restores by update', async () => {
    await put('iris', '1')
    await put('iris', '2')
    const change = async (isArchived: boolean) => {
      const read = await client.modelVersions.get(...where, 'iris', '1')
      const properties = { ...read.properties, isArchived }
      await client.modelVersions.createOrUpdate(...where, 'iris', '1', { ...read, properties })
      return (await all(client.modelVersions.list(...where, 'iris'))).map(({ name }) => name)
    }
    expect(await change(true)).toEqual(['2'])
    expect(
      await all(client.modelVersions.list(...where, 'iris', { listViewType: 'ArchivedOnly' })),
    ).toHaveLength(1)
    expect(await change(false)).toEqual(['2', '1'])
  })

  it('updates tags, which replaces them all', async () => {
    await put('iris', '1', { tags: { a: '1', b: '2' } })
    expect((await put('iris', '1', { tags: { b: '3' } })).properties.tags).toEqual({ b: '3' })
    await client.modelContainers.createOrUpdate(...where, 'iris', { properties: { tags: { alias: '1' } } })
    expect((await client.modelContainers.get(...where, 'iris')).properties.tags).toEqual({ alias: '1' })
  })

  it('deletes a version, and a container', async () => {
    await put('iris', '1')
    await client.modelVersions.delete(...where, 'iris', '1')
    await client.modelVersions.delete(...where, 'iris', '1')
    await expect(client.modelVersions.get(...where, 'iris', '1')).rejects.toMatchObject({
      statusCode: 404,
      code: 'UserError',
      details: { error: { details: [{ code: 'NoSuchModelRegistered' }] } },
    })
    await client.modelContainers.delete(...where, 'iris')
    expect(await all(client.modelContainers.list(...where))).toEqual([])
  })

  it('reads the job that a model came from', async () => {
    const properties = { jobType: 'Command', command: 'train', environmentId: 'azureml:e:1' } as const
    await client.jobs.createOrUpdate(...where, 'run', { properties })
    const job = await client.jobs.get(...where, 'run')
    expect(job.properties).toMatchObject({ ...properties, status: 'Completed', experimentName: 'Default' })
    const version = await put('iris', '1', { jobName: 'run' })
    expect(version.properties.jobName).toBe('run')
  })

  it('gets a token from the authority with a secret, and none with a wrong one', async () => {
    const signIn = (secret: string) =>
      new ClientSecretCredential('tenant', 'program', secret, {
        authorityHost: double.url,
        disableInstanceDiscovery: true,
        tlsOptions,
        retryOptions: { maxRetries: 0 },
      })
    const created = await createClient(signIn('secret')).modelVersions.createOrUpdate(...where, 'iris', '1', {
      properties: { modelUri },
    })
    expect(created.systemData).toMatchObject({ createdBy: 'program', createdByType: 'Application' })
    await expect(signIn(wrongSecret).getToken('scope/.default')).rejects.toThrow('AADSTS7000215')
  })

  it('gets a token for a workload by its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modelgate-workload-'))
    const tokenFilePath = join(folder, 'token')
    await writeFile(tokenFilePath, 'federated')
    const credential = new WorkloadIdentityCredential({
      tenantId: 'tenant',
      clientId: 'workload',
      tokenFilePath,
      authorityHost: double.url,
      disableInstanceDiscovery: true,
      tlsOptions,
    })
    await createClient(credential).modelContainers.createOrUpdate(...where, 'iris', { properties: {} })
    const { systemData } = await client.modelContainers.get(...where, 'iris')
    expect(systemData?.createdBy).toBe('workload')
    await rm(folder, { recursive: true })
  })

  it('gets a token of a managed identity', async () => {
    const machine = await startAzureDouble()
    try {
      const env = {
        ...process.env,
        IDENTITY_ENDPOINT: `${machine.url}/msi/token`,
        IDENTITY_HEADER: 'header',
      }
      const { stdout: token } = await run(process.execPath, [askForIdentity], { env })
      const credential = { getToken: async () => ({ ...(await anyToken.getToken()), token }) }
      await createClient(credential).modelContainers.createOrUpdate(...where, 'iris', { properties: {} })
    } finally {
      await machine.close()
    }
    const { systemData } = await client.modelContainers.get(...where, 'iris')
    expect(systemData?.createdBy).toBe('identity')
  })
})
