import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, request } from './double-client.ts'
import { createToken } from './principal.ts'
import { hasRecordings, type RecordedExchange } from './recording.ts'
import { absentRecordings, expectSame, recorded, recordings, replay } from './replay.ts'

let double: AzureDouble
beforeEach(async () => {
  double = await startAzureDouble()
})
afterEach(() => double.close())

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

const isAboutModels = ({ RequestUri }: RecordedExchange) => /\/models[/?]/.test(RequestUri)

describe.skipIf(!hasRecordings)(`recorded model exchanges${absentRecordings}`, () => {
  it.each(['test_create_autoincrement', 'test_crud_file', 'test_model_archive_restore_version'])(
    '%s, one after the other',
    async (name) => {
      const exchanges = recorded(name).exchanges.filter(isAboutModels)
      expect(exchanges.length).toBeGreaterThanOrEqual(3)
      for (const exchange of exchanges) {
        const isReplicated = JSON.stringify(exchange.ResponseBody).includes('ServiceReplicated')
        double.set({ replicatesModelUris: isReplicated })
        expectSame(await replay(double, exchange), exchange)
      }
    },
  )

  it('a page of containers', async () => {
    const [exchange] = recorded('test_list_no_name').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    const { value } = exchange.ResponseBody
    for (const container of value) await seed(exchange, container)
    await seed(exchange, { ...value[0], id: `${value[0].id}_21` })
    expectSame(await replay(double, exchange), exchange)
  })

  it('a version that is there', async () => {
    const [exchange] = recorded('create_and_update.json').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    await seed(exchange)
    expectSame(await replay(double, exchange), exchange)
  })

  it('a version that is not there', async () => {
    const [exchange] = recorded('first3entries').exchanges
    if (exchange === undefined) throw new Error('an empty recording')
    expectSame(await replay(double, exchange), exchange)
  })

  it('leave none out', () => {
    const counts = recordings.map(({ exchanges }) => exchanges.filter(isAboutModels).length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4 + 3 + 1 + 9 + 2)
  })
})
