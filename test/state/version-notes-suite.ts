import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { VersionNotes } from '../../src/state/version-notes/version-notes.ts'
import { type DatabaseSource, silent } from './database-source.ts'

/** Of a database that can be opened more than once. */
export function describeVersionNotes(source: DatabaseSource): void {
  describe(`notes of versions on ${source.name}`, () => {
    let url: string
    let database: GatewayDatabase
    let notes: VersionNotes
    const key = (version: string, model = 'ключ 🚀') => ({ model, version })
    const note = (id: string, more: object = {}) =>
      notes.note({
        id,
        registry: 'prod',
        model: key('1').model,
        source: `s3://bucket/${id}`,
        notes: own,
        ...more,
      })
    const own = [{ key: 'modelgate.copied_from', value: 'models://dev/ä b/1' }]
    const idsOf = async (...keys: ReturnType<typeof key>[]) =>
      (await notes.find('prod', keys)).map(({ id, version }) => `${id} ${version}`).toSorted()

    beforeEach(async () => {
      url = await source.createUrl()
      database = await openGatewayDatabase(url, { log: silent })
      notes = new VersionNotes(database)
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    test('outlive the gateway, and are found by their versions', async () => {
      await note('a')
      await notes.settle('a', '1')
      await note('elsewhere', { registry: 'dev' })
      await note('of another', { model: 'other' })
      await database.close()
      database = await openGatewayDatabase(url, { log: silent })
      notes = new VersionNotes(database)
      expect(await notes.find('prod', [key('1')])).toEqual([
        { id: 'a', ...key('1'), source: 's3://bucket/a', notes: own },
      ])
      expect(await idsOf(key('2'))).toEqual([])
      expect(await notes.find('prod', [])).toEqual([])
    })

    test('of no version yet are found with any of their model', async () => {
      await note('a')
      expect(await idsOf(key('7'))).toEqual(['a null'])
      await notes.forget('a')
      expect(await idsOf(key('7'))).toEqual([])
    })

    test('are found for more versions than one statement asks for', async () => {
      await note('a')
      await notes.settle('a', '999')
      expect(await idsOf(...Array.from({ length: 1000 }, (_, index) => key(`${index}`)))).toEqual(['a 999'])
    })

    test('go with their model and their version', async () => {
      for (const id of ['1', '2']) {
        await note(id)
        await notes.settle(id, id)
      }
      await notes.renameModel('prod', key('1').model, 'new')
      expect(await idsOf(key('1'), key('2'))).toEqual([])
      await notes.forgetVersion('prod', key('1', 'new'))
      expect(await idsOf(key('1', 'new'), key('2', 'new'))).toEqual(['2 2'])
      await notes.forgetModel('prod', 'new')
      expect(await idsOf(key('2', 'new'))).toEqual([])
    })
  })
}
