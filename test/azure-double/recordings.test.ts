import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { type DoubleResponse, modelUri, request, scopeClient } from './double-client.ts'
import { createToken } from './principal.ts'
import {
  comparable,
  hasRecordings,
  headersOfDouble,
  headersOfRecording,
  keysInOrder,
  type RecordedExchange,
  readRecordings,
} from './recording.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

const recordings = readRecordings()
const recorded = (part: string) => {
  const found = recordings.find(({ name }) => name.includes(part))
  if (found === undefined) throw new Error(`no recording ${part}`)
  return found
}

const pathOf = ({ RequestUri }: RecordedExchange): string => {
  const { pathname, search } = new URL(RequestUri)
  return `${pathname}${search}`
}

const replay = (exchange: RecordedExchange): Promise<DoubleResponse> =>
  request(double, exchange.RequestMethod, pathOf(exchange), {
    headers: { 'accept-encoding': exchange.RequestHeaders['Accept-Encoding'] ?? 'identity' },
    ...(exchange.RequestBody === null ? {} : { body: exchange.RequestBody }),
  })

const expectSame = (answer: DoubleResponse, exchange: RecordedExchange): void => {
  expect(answer.status).toBe(exchange.StatusCode)
  expect(headersOfDouble(answer)).toEqual(headersOfRecording(exchange))
  expect(keysInOrder(comparable(answer.body))).toEqual(keysInOrder(comparable(exchange.ResponseBody)))
}

/** Puts what a recorded answer shows there, by whoever had put it there. */
const seed = async (exchange: RecordedExchange, resource = exchange.ResponseBody): Promise<void> => {
  const oid = resource.systemData.createdBy
  const token = resource.systemData.createdByType === 'User' ? 'any' : createToken({ oid, exp: 4e9 })
  const { search } = new URL(exchange.RequestUri)
  await request(double, 'PUT', `${resource.id}${search}`, {
    token,
    body: { properties: resource.properties },
  })
  const latest = resource.properties.latestVersion ?? undefined
  if (latest !== undefined)
    await request(double, 'PUT', `${resource.id}/versions/${latest}${search}`, {
      token,
      body: { properties: { modelUri } },
    })
}

const absent = hasRecordings ? '' : ' (ABSENT: no recordings under MODELGATE_SHARED)'
const isAboutModels = ({ RequestUri }: RecordedExchange) => /\/models[/?]/.test(RequestUri)

describe.skipIf(!hasRecordings)(`recorded model exchanges${absent}`, () => {
  it.each(['test_create_autoincrement', 'test_crud_file', 'test_model_archive_restore_version'])(
    '%s, one after the other',
    async (name) => {
      const exchanges = recorded(name).exchanges.filter(isAboutModels)
      expect(exchanges.length).toBeGreaterThanOrEqual(3)
      for (const exchange of exchanges) {
        const isReplicated = JSON.stringify(exchange.ResponseBody).includes('ServiceReplicated')
        double.set({ replicatesModelUris: isReplicated })
        expectSame(await replay(exchange), exchange)
      }
    },
  )

  it('a page of containers', async () => {
    const [exchange] = recorded('test_list_no_name').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    const { value } = exchange.ResponseBody
    for (const container of value) await seed(exchange, container)
    await seed(exchange, { ...value[0], id: `${value[0].id}_21` })
    expectSame(await replay(exchange), exchange)
  })

  it('a version that is there', async () => {
    const [exchange] = recorded('create_and_update.json').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    await seed(exchange)
    expectSame(await replay(exchange), exchange)
  })

  it('a version that is not there', async () => {
    const [exchange] = recorded('first3entries').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    expectSame(await replay(exchange), exchange)
  })

  it('leave none out', () => {
    const counts = recordings.map(({ exchanges }) => exchanges.filter(isAboutModels).length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4 + 3 + 1 + 9 + 2)
  })
})

describe.skipIf(!hasRecordings)(`recorded neighbours of models${absent}`, () => {
  const find = (name: string, matches: (exchange: RecordedExchange) => boolean): RecordedExchange => {
    const found = recorded(name).exchanges.find(matches)
    if (found === undefined) throw new Error(`nothing like that in ${name}`)
    return found
  }

  it('a datastore has these keys, and its secrets', async () => {
    const [get, secrets] = recorded('test_crud_file').exchanges
    if (get === undefined || secrets === undefined) throw new Error('an empty recording')
    const answer = await replay(get)
    expect(Object.keys(answer.body.properties)).toEqual(Object.keys(get.ResponseBody.properties))
    expect(answer.body.properties.containerName).toMatch(/^azureml-blobstore-[0-9a-f-]{36}$/)
    expect(Object.keys((await replay(secrets)).body)).toEqual(Object.keys(secrets.ResponseBody))
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

  it.each([
    ['test_sweep_job_submit', 429, 'throttledByService'],
    ['test_image_classification', 500, 'serviceError'],
  ] as const)('an error of %s: %i', async (name, status, kind) => {
    double.set({ faults: [{ kind }] })
    const exchange = find(name, ({ StatusCode }) => StatusCode === status)
    expectSame(await replay(exchange), exchange)
  })

  it('a time-out of the service, which has a target', async () => {
    double.set({ faults: [{ kind: 'serviceTimeout' }] })
    const exchange = find('test_image_classification', ({ StatusCode }) => StatusCode === 504)
    const answer = await replay(exchange)
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
    // biome-ignore lint/suspicious/noExplicitAny: JSON.
    const infoTypes = (body: any) => body.error.additionalInfo.map(({ type }: { type: string }) => type)
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
