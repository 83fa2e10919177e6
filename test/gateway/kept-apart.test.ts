import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** Mutations that write to the gateway itself: what may be done in a registry is not the registry's. */
const ofTheGateway = ['removePermission', 'setPermission']

describe('a read-only registry', () => {
  let gateway: OpenGateway
  let stub: Awaited<ReturnType<typeof startMlflowStub>>

  beforeAll(async () => {
    stub = await startMlflowStub()
    stub.store.addModel('m', { versions: [{}] })
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'open', adapter: 'local', environment: 'dev' },
        { name: 'locked', adapter: 'local', environment: 'dev', readOnly: true },
        { name: 'locked-mlflow', adapter: 'mlflow', environment: 'dev', url: stub.url, readOnly: true },
      ],
    })
    const model = { key: { registry: 'open', name: 'm' } }
    await gateway.data(mutations.createVersion, { input: { model, createModel: true, source: 's3://b/m' } })
  })
  afterAll(async () => {
    await gateway?.close()
    await stub?.close()
  })

  it.each(['locked', 'locked-mlflow'])('(%s) refuses every mutation of the schema', async (registry) => {
    const model = { key: { registry, name: 'm' } }
    const version = { key: { registry, model: 'm', version: '1' } }
    const tags = [{ key: 'a', value: 'b' }]
    const inputs: Readonly<Record<string, readonly [document: string, input: object]>> = {
      createModel: [mutations.createModel, { registry, name: 'new' }],
      updateModel: [mutations.updateModel, { model, description: 'x' }],
      renameModel: [mutations.renameModel, { model, newName: 'new' }],
      deleteModel: [mutations.deleteModel, { model }],
      createModelVersion: [mutations.createVersion, { model, source: 's3://b/x', idempotencyKey: registry }],
      updateModelVersion: [mutations.updateVersion, { version, description: 'x' }],
      deleteModelVersion: [mutations.deleteVersion, { version }],
      setModelTags: [mutations.setModelTags, { model, tags }],
      deleteModelTags: [mutations.deleteModelTags, { model, keys: ['a'] }],
      setModelVersionTags: [mutations.setVersionTags, { version, tags }],
      deleteModelVersionTags: [mutations.deleteVersionTags, { version, keys: ['a'] }],
      setAlias: [mutations.setAlias, { model, alias: 'champion', version: '1' }],
      deleteAlias: [mutations.deleteAlias, { model, alias: 'champion' }],
      transitionStage: [mutations.transitionStage, { version, stage: 'Production' }],
      assignAliasToStage: [mutations.assignAliasToStage, { model, stage: 'Production', alias: 'champion' }],
      copyModelVersion: [
        mutations.copyVersion,
        {
          source: { key: { registry: 'open', model: 'm', version: '1' } },
          destination: { registry, name: 'new' },
        },
      ],
    }
    const { __schema } = await gateway.data('{ __schema { mutationType { fields { name } } } }')
    const fields = __schema.mutationType.fields.map(({ name }: { name: string }) => name)
    expect(fields.toSorted()).toEqual([...Object.keys(inputs), ...ofTheGateway].toSorted())
    stub.log.reset()
    for (const [field, [document, input]] of Object.entries(inputs)) {
      const { data, errors } = await gateway.ask(document, { input })
      expect(data, field).toEqual({ [field]: null })
      expect(errors, field).toMatchObject([
        {
          message: `The registry "${registry}" is read-only.`,
          path: [field],
          extensions: { code: 'UNSUPPORTED', registry, retryable: false },
        },
      ])
    }
    expect(stub.log.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('says so, and is read and copied from all the same', async () => {
    const { locked, mlflow, open } = await gateway.data(
      `query { locked: registry(name: "locked") { ...levels } mlflow: registry(name: "locked-mlflow") { ...levels } open: registry(name: "open") { ...levels } }
       fragment levels on Registry { capabilities { writes copyModelVersion renameModel deleteModel deleteModelVersion compareAndSet aliases stages runs } }`,
    )
    const none = {
      writes: 'NONE',
      copyModelVersion: 'NONE',
      renameModel: 'NONE',
      deleteModel: 'NONE',
      deleteModelVersion: 'NONE',
      compareAndSet: 'NONE',
    }
    expect(locked.capabilities).toMatchObject(none)
    expect(mlflow.capabilities).toMatchObject(none)
    expect(new Set(Object.values(open.capabilities))).not.toContain('NONE')
    const { model } = await gateway.data(mutations.load, { registry: 'locked-mlflow', name: 'm' })
    expect(model.versions.nodes).toHaveLength(1)
    const { copyModelVersion } = await gateway.data(mutations.copyVersion, {
      input: {
        source: { key: { registry: 'locked-mlflow', model: 'm', version: '1' } },
        destination: { registry: 'open', name: 'copied' },
      },
    })
    expect(copyModelVersion.modelVersion).toMatchObject({
      version: '1',
      source: 'models://locked-mlflow/m/1',
    })
  })
})

describe('a registry that hangs', () => {
  let gateway: OpenGateway
  let proxy: FaultProxy
  let stub: Awaited<ReturnType<typeof startMlflowStub>>
  const timeoutMs = 3000

  beforeAll(async () => {
    stub = await startMlflowStub()
    stub.store.addModel('m', { versions: [{}] })
    proxy = await startFaultProxy(stub.url)
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'slow', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs },
        { name: 'quick', adapter: 'local', environment: 'dev', timeoutMs },
      ],
    })
    await proxy.setMode(faults.hang)
  })
  afterAll(async () => {
    await gateway?.close()
    await proxy?.close()
    await stub?.close()
  })

  it('does not hold the mutations of others, nor take their time', async () => {
    const alias = { model: { key: { registry: 'slow', name: 'm' } }, alias: 'champion', version: '1' }
    const startedAt = performance.now()
    const hanging = gateway.ask(
      `mutation ($slow: SetAliasInput!, $quick: CreateModelInput!) {
        slow: setAlias(input: $slow) { previousVersion }
        quick: createModel(input: $quick) { model { name } }
      }`,
      { slow: alias, quick: { registry: 'quick', name: 'after' } },
    )
    await proxy.log.until((log) => log.requests.length > 0)
    for (let count = 0; count < 5; count++) {
      const input = { registry: 'quick', name: `beside ${count}` }
      expect((await gateway.data(mutations.createModel, { input })).createModel.model.name).toBe(input.name)
    }
    expect(performance.now() - startedAt).toBeLessThan(timeoutMs - 500)
    const { data, errors } = await hanging
    expect(performance.now() - startedAt).toBeGreaterThan(timeoutMs - 100)
    expect(data).toEqual({ slow: null, quick: { model: { name: 'after' } } })
    expect(errors).toMatchObject([
      {
        message: `"slow" did not answer within ${timeoutMs} ms.`,
        path: ['slow'],
        extensions: { code: 'REGISTRY_TIMEOUT', registry: 'slow', retryable: true },
      },
    ])
  })
})
