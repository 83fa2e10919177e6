import { afterEach, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { type AlteredAzure, startAlteredAzure } from './altered-azure.ts'
import { doubleInUse } from './double-in-use.ts'
import { openAzure, openOrganisation, storage } from './open-registry.ts'
import { newModel, newVersion } from './queries.ts'

const azure = doubleInUse()
const key = { model: 'm', version: '1' }
const blob = 'https://account.blob.core.windows.net/container/model'

describe.each([
  { where: 'a workspace', open: openAzure },
  { where: 'a registry', open: openOrganisation },
])('$where that answers every PUT with 202, and no word on what became of it,', ({ where, open }) => {
  let altered: AlteredAzure
  let adapter: Adapter
  const writer = () => (where === 'a registry' ? azure.registryWriter : azure.writer)
  const source = where === 'a registry' ? blob : `${storage}/a`

  /** @param before what another program does just before each PUT. */
  async function start(before: (path: string) => Promise<unknown> = async () => {}) {
    azure.double.set({ longRunning: { polls: 0, ms: 0, retryAfter: 0 } })
    altered = await startAlteredAzure(azure.double.url, async ({ method, path }, forward) => {
      if (method !== 'PUT') return forward()
      await before(path)
      const { status } = await forward()
      return status < 300 ? { status: 202, body: undefined } : { status, body: undefined }
    })
    adapter = await open(altered.url)
  }
  afterEach(async () => {
    await adapter.close()
    await altered.close()
  })

  it('has what was created, and what was changed', async () => {
    await start()
    await adapter.writes?.models.create(newModel('m'), newCall())
    expect(await adapter.writes?.versions.create(newVersion('m', { source }), newCall())).toBe('1')
    await adapter.writes?.versions.setTags?.(key, [{ key: 'team', value: 'fraud' }], newCall())
    await adapter.writes?.aliases?.set({ model: 'm', alias: 'champion' }, '1', null, newCall())
    const [row] = await adapter.versions.get([key], newCall())
    expect(row).toMatchObject({ tags: [{ key: 'team', value: 'fraud' }] })
    expect(await adapter.aliases?.resolve([{ model: 'm', alias: 'champion' }], newCall())).toEqual([
      expect.objectContaining({ version: '1' }),
    ])
  })

  it('has a CONFLICT where a creation turned out to be an update', async () => {
    await start(() => writer().put('models/m', { description: 'Theirs.' }))
    await expect(adapter.writes?.models.create(newModel('m'), newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: false,
    })
  })

  it('has a CONFLICT where an update turned out to be a creation', async () => {
    await writer().put('models/m/versions/1', { modelUri: source })
    await start((path) => writer().delete(path.slice(path.indexOf('models/'))))
    const tagging = adapter.writes?.versions.setTags?.(key, [{ key: 'team', value: 'fraud' }], newCall())
    await expect(tagging).rejects.toMatchObject({ code: 'CONFLICT', nothingWritten: false })
  })
})
