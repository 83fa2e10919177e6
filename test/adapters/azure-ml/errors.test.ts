import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { RegistryError } from '../../../src/contract/index.ts'
import { debugInfoSecret } from '../../azure-double/error-body.ts'
import type { Fault } from '../../azure-double/fault.ts'
import { stageOrderPolicy } from '../../azure-double/stage-policy.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { openAzure, place } from './open-registry.ts'
import { modelQuery, newModel, newVersion } from './queries.ts'

const azure = doubleInUse()

async function failWith(faults: Fault[]): Promise<RegistryError> {
  azure.double.set({ faults })
  const adapter = await azure.open()
  const error: unknown = await adapter.models.list(modelQuery(), newCall()).catch((thrown: unknown) => thrown)
  if (!RegistryError.is(error)) throw new Error(`not a RegistryError: ${String(error)}`)
  return error
}

describe('throttling', () => {
  it('says the delay that stands in the message', async () => {
    const error = await failWith([{ kind: 'throttledByService' }])
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAfterMs: 20_000,
      message: 'Azure asks for fewer requests (HTTP 429): try again after 20 seconds.',
    })
    expect(azure.double.log.requests, 'it is not tried again here').toHaveLength(1)
  })

  it('says the delay of Retry-After before that of the message', async () => {
    const error = await failWith([{ kind: 'throttledByService', retryAfter: '7' }])
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000 })
  })

  it('without any delay says none', async () => {
    const error = await failWith([{ kind: 'throttledByArm' }])
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: null,
      message: 'Azure asks for fewer requests (HTTP 429).',
    })
  })
})

describe('an answer that is not Azure’s', () => {
  it('is told by its status', async () => {
    expect(await failWith([{ kind: 'proxyError' }])).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      message: 'The registry is not available at the moment (HTTP 502).',
    })
  })

  it('or by the connection that broke', async () => {
    expect(await failWith([{ kind: 'connectionReset' }])).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: true,
    })
  })
})

describe('a failure of the service', () => {
  it.each([
    ['serviceError', 'REGISTRY_ERROR'],
    ['serviceTimeout', 'REGISTRY_UNAVAILABLE'],
  ] as const)('%s is %s, and shows nothing of its inside', async (kind, code) => {
    azure.double.set({ debugInfoBytes: 20_000 })
    const error = await failWith([{ kind }])
    expect(error.code).toBe(code)
    expect(error.message).not.toMatch(/svc|InternalServerError|invocation/)
  })

  it('shows nothing of its inside where it refuses either', async () => {
    azure.double.set({ debugInfoBytes: 20_000, deniedRegistries: ['org'] })
    const adapter = await azure.openOrganisation()
    const error: unknown = await adapter.models
      .list(modelQuery(), newCall())
      .catch((thrown: unknown) => thrown)
    expect(String(error)).not.toContain(debugInfoSecret)
    const { writes } = await azure.open()
    await writes?.models.create(newModel('m'), newCall())
    const refused = writes?.versions.create(newVersion('m', { source: 'models:/m/9' }), newCall())
    await expect(refused).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'The model "m" has no version "9".',
    })
  })
})

describe('a refusal', () => {
  it('by RBAC is FORBIDDEN with what is not permitted', async () => {
    expect(await failWith([{ kind: 'authorizationFailed' }])).toMatchObject({
      code: 'FORBIDDEN',
      message:
        "Azure does not permit Microsoft.MachineLearningServices/workspaces/models/versions/write to the gateway's identity: give it a role that does, such as AzureML Data Scientist.",
    })
  })

  it('by Azure Policy is POLICY_VIOLATION with its name and id', async () => {
    azure.double.set({ policies: [stageOrderPolicy()] })
    const { writes } = await azure.open({ stages: { encoding: 'keys' } })
    await writes?.models.create(newModel('m'), newCall())
    await writes?.versions.create(newVersion('m'), newCall())
    const move = async (stage: string) =>
      writes?.stages?.transition(
        { model: 'm', version: '1' },
        { stage, archiveExisting: null, expected: undefined },
        newCall(),
      )
    await move('Staging')
    await expect(move('Production')).rejects.toMatchObject({
      code: 'POLICY_VIOLATION',
      nothingWritten: true,
      retryable: false,
      message: `Azure Policy denies it by the policy "Model stages transition" (/subscriptions/${place.subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/3d0f5b52-7c1e-4c7e-9f0e-2f6f1f3f9a10).`,
    })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({
      none: '',
      staging: '',
      approval: 'staging-approved',
    })
  })

  it('of a registry is UNAUTHENTICATED with the setting, and no token is asked for anew', async () => {
    azure.double.set({ deniedRegistries: ['org'] })
    const adapter = await azure.openOrganisation()
    const call = newCall()
    await expect(adapter.health(call)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('the registry "org": check registry'),
    })
    expect(call.requests).toBe(1)
  })

  it('of a token that was given is UNAUTHENTICATED with the setting', async () => {
    const adapter = await azure.open()
    azure.double.set({ faults: [{ kind: 'invalidToken' }] })
    const call = newCall()
    await expect(adapter.health(call)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('check auth'),
    })
    expect(call.requests).toBe(1)
  })
})

describe('a wrong setting', () => {
  it.each([
    [{ subscriptions: [place.subscriptionId] }, /check subscriptionId/],
    [{ resourceGroups: ['ml'] }, /no resource group "ml": check resourceGroup/],
    [{ scopes: ['fraud'] }, /no workspace "fraud": check workspace and resourceGroup/],
  ])('is named: %j', async (missing, words) => {
    azure.double.set({ missing })
    const adapter = await azure.open()
    const health = adapter.health(newCall())
    await expect(health).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringMatching(words),
    })
    // What hides behind it is not taken for a model that is not there.
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ code: 'REGISTRY_ERROR' }])
  })

  it('of the api-version is named', async () => {
    const adapter = await azure.open({ apiVersion: '1999-01-01' })
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      message: expect.stringContaining('check apiVersion'),
    })
  })

  it('of the endpoint is named when it is nobody’s', async () => {
    const adapter = await openAzure('http://127.0.0.1:1')
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    await expect(adapter.writes?.models.describe?.('m', 'x', newCall())).rejects.toMatchObject({
      nothingWritten: true,
    })
    await adapter.close()
  })
})

it('no error holds the token, however deep', async () => {
  const adapter = await openAzure('http://127.0.0.1:1', { auth: { token: 'a-secret-token' } })
  const error: unknown = await adapter.health(newCall()).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RegistryError)
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('a-secret-token')
  await adapter.close()
})
