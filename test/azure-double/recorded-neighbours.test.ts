import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnyJson } from '../environment/any-json.ts'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, request, scopeClient } from './double-client.ts'
import { hasRecordings, headersOfDouble, headersOfRecording, type RecordedExchange } from './recording.ts'
import { absentRecordings, expectSame, pathOf, recorded, replay } from './replay.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

/** Every key with its own keys; the registry's hosts by region are no keys of the service. */
const keysOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, part) => (name === 'registryFqdns' ? undefined : part)),
    (_, part) => (typeof part === 'string' ? '<text>' : part),
  )

describe.skipIf(!hasRecordings)(`recorded neighbours of models${absentRecordings}`, () => {
  const find = (name: string, matches: (exchange: RecordedExchange) => boolean): RecordedExchange => {
    const found = recorded(name).exchanges.find(matches)
    if (found === undefined) throw new Error(`nothing like that in ${name}`)
    return found
  }

  it('a datastore has these keys, and its secrets', async () => {
    const [get, secrets] = recorded('test_crud_file').exchanges
    if (get === undefined || secrets === undefined) throw new Error('an empty recording')
    const answer = await replay(double, get)
    expect(Object.keys(answer.body.properties)).toEqual(Object.keys(get.ResponseBody.properties))
    expect(answer.body.properties.containerName).toMatch(/^azureml-blobstore-[0-9a-f-]{36}$/)
    expect(Object.keys((await replay(double, secrets)).body)).toEqual(Object.keys(secrets.ResponseBody))
  })

  it('a container is archived and restored by a whole PUT', async () => {
    const { exchanges } = recorded('archive_restore_container')
    const puts = exchanges.filter(
      ({ RequestMethod, RequestUri }) => RequestMethod === 'PUT' && !RequestUri.includes('/versions/'),
    )
    expect(puts).toHaveLength(2)
    const workspace = scopeClient(double, 'workspaces/w', '2022-10-01')
    await workspace.putVersion('m', '1')
    for (const put of puts) {
      const answer = await workspace.send('PUT', 'models/m', { body: put.RequestBody })
      expect(answer.status).toBe(put.StatusCode)
      expect(answer.body.properties.isArchived).toBe(put.ResponseBody.properties.isArchived)
      expect(Object.keys(answer.body.properties)).toEqual(Object.keys(put.ResponseBody.properties))
    }
  })

  it('the status of an operation, with whole doubles', async () => {
    const registry = scopeClient(double, 'registries/r')
    const { text, exchanges } = recorded('create_and_update.json')
    const [running, ended] = exchanges.filter(({ RequestUri }) => RequestUri.includes('mfeOperationsStatus'))
    expect(text).toContain('"percentComplete": 100.0')
    const created = await registry.putVersion('m', '1')
    for (const exchange of [running, ended]) {
      const answer = await request(double, 'GET', created.headers.get('azure-asyncoperation') ?? '')
      expect(Object.keys(answer.body)).toEqual(Object.keys(exchange?.ResponseBody))
      expect(answer.body.status).toBe(exchange?.ResponseBody.status)
      expect(answer.text).toContain(`"percentComplete":${exchange === running ? '0.0' : '100.0'},`)
    }
  })

  it('a version for a registry beside ARM, accepted and polled', async () => {
    const { exchanges } = recorded('create_data_asset_in_registry')
    const [put, running, ended] = exchanges.slice(5, 8)
    if (put === undefined || running === undefined || ended === undefined) throw new Error('too short')
    const path = pathOf(put).replace('/data/', '/models/')
    const answer = await request(double, 'PUT', path, { body: { properties: { modelUri } } })
    expect([answer.status, answer.text]).toEqual([put.StatusCode, put.ResponseBody])
    const withoutPlace = (headers: Record<string, string>) => ({ ...headers, location: '<any>' })
    expect(withoutPlace(headersOfDouble(answer))).toEqual(withoutPlace(headersOfRecording(put)))
    const poll = () => request(double, 'GET', answer.headers.get('location') ?? '')
    expect(await poll()).toMatchObject({ status: running.StatusCode, text: '' })
    expect(await poll()).toMatchObject({
      status: ended.StatusCode,
      body: { assetId: ended.ResponseBody.assetId.replace('/data/', '/models/') },
    })
  })

  it('where a registry is, and where its bytes go', async () => {
    for (const exchange of recorded('create_data_asset_in_registry').exchanges.slice(0, 2)) {
      const answer = await replay(double, exchange)
      expect(answer.status).toBe(exchange.StatusCode)
      expect(headersOfDouble(answer)).toEqual(headersOfRecording(exchange))
      expect(keysOf(answer.body)).toEqual(keysOf(exchange.ResponseBody))
    }
  })

  it.each([
    ['test_sweep_job_submit', 429, 'throttledByService'],
    ['test_image_classification', 500, 'serviceError'],
  ] as const)('an error of %s: %i', async (name, status, kind) => {
    double.set({ faults: [{ kind }] })
    const exchange = find(name, ({ StatusCode }) => StatusCode === status)
    expectSame(await replay(double, exchange), exchange)
  })

  it('a time-out of the service, which has a target', async () => {
    double.set({ faults: [{ kind: 'serviceTimeout' }] })
    const exchange = find('test_image_classification', ({ StatusCode }) => StatusCode === 504)
    const answer = await replay(double, exchange)
    expect(headersOfDouble(answer)).toEqual(headersOfRecording(exchange))
    expect(Object.keys(answer.body.error)).toEqual(Object.keys(exchange.ResponseBody.error))
    expect(answer.body.error.code).toBe(exchange.ResponseBody.error.code)
  })

  it('a field that cannot be changed', async () => {
    const exchange = find('component_update_code', ({ StatusCode }) => StatusCode === 400)
    const workspace = scopeClient(double, 'workspaces/w')
    await workspace.putVersion('m', '1')
    const answer = await workspace.putVersion('m', '1', { modelUri: `${modelUri}/other` })
    expect(headersOfDouble(answer)).toEqual(headersOfRecording(exchange))
    const infoTypes = (body: AnyJson) => body.error.additionalInfo.map(({ type }: { type: string }) => type)
    expect(infoTypes(answer.body)).toEqual(infoTypes(exchange.ResponseBody))
    expect(answer.body.error.details).toEqual(exchange.ResponseBody.error.details)
  })

  it('a token', async () => {
    const { exchanges } = recorded('test_image_classification')
    const [configuration, , token] = exchanges
    if (configuration === undefined || token === undefined) throw new Error('too short')
    const found = await request(double, 'GET', pathOf(configuration), { token: null })
    expect(Object.keys(configuration.ResponseBody)).toEqual(expect.arrayContaining(Object.keys(found.body)))
    const answer = await fetch(found.body.token_endpoint, { method: 'POST', body: String(token.RequestBody) })
    expect(Object.keys((await answer.json()) as object)).toEqual(Object.keys(token.ResponseBody))
  })
})
