import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EventLog } from '../../src/state/catalog/event-log.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import * as mutations from '../gateway/mutations.ts'
import type { OpenGateway } from '../gateway/open-gateway.ts'
import { type LocalStore, openSyncedLocal, type SyncedLocal } from './synced-local.ts'

describe('who held an alias', () => {
  let opened: SyncedLocal | undefined
  let gateway: OpenGateway
  let database: GatewayDatabase
  let store: LocalStore

  beforeAll(async () => {
    opened = await openSyncedLocal('1d', async (store) => {
      for (const name of ['moved', 'gone', 'anew', 'first', 'outside', 'old']) {
        await store.models.create({ name })
        for (let count = 0; count < 3; count++)
          await store.versions.create({ model: name, source: 's3://b/x' })
      }
      await store.aliases.set({ model: 'first', alias: 'champion' }, '3')
    })
    ;({ gateway, database, store } = opened)
  }, 60_000)
  afterAll(() => opened?.close())

  const key = (name: string) => ({ key: { registry: 'dev', name } })
  const versionOf = (model: string, version: string) => ({ key: { registry: 'dev', model, version } })
  /** Answers a time before it and one after it, at which nothing else happens. */
  async function done(
    document: string,
    input: object,
  ): Promise<{ readonly before: number; readonly after: number }> {
    await wait(3)
    const before = Date.now()
    await wait(3)
    await gateway.data(document, { input })
    await wait(3)
    return { before, after: Date.now() }
  }
  const setChampion = (name: string, version: string) =>
    done(mutations.setAlias, { model: key(name), alias: 'champion', version })
  const heldAt = async (name: string, at: number) =>
    (
      await gateway.data(
        `query ($name: String!, $at: DateTime!) { model(registry: "dev", name: $name) {
           aliasAt(name: "champion", at: $at) { versionNumber certainty notBefore notAfter } } }`,
        { name, at: new Date(at).toISOString() },
      )
    ).model.aliasAt
  const holder = async (name: string, at: number) => (await heldAt(name, at))?.versionNumber
  const eventsOf = async (name: string) =>
    (
      await gateway.data(
        `{ changes(where: { model: { eq: "${name}" } }) { nodes { kind at notBefore after } } }`,
      )
    ).changes.nodes as {
      readonly kind: string
      readonly at: string
      readonly notBefore: string | null
      readonly after: string
    }[]

  it('is exact at the very moment of a write, and right before it', async () => {
    await setChampion('moved', '1')
    await setChampion('moved', '2')
    const [first, second] = await eventsOf('moved')
    const [at, next] = [Date.parse(first?.at ?? ''), Date.parse(second?.at ?? '')]
    expect(await heldAt('moved', at)).toEqual({
      versionNumber: '1',
      certainty: 'RECORDED',
      notBefore: first?.at,
      notAfter: first?.at,
    })
    expect([
      await holder('moved', at - 1),
      await holder('moved', next - 1),
      await holder('moved', next),
    ]).toEqual([null, '1', '2'])
  })

  it('goes with the model when it is renamed, and stays behind of who has the name then', async () => {
    const one = await setChampion('old', '1')
    const two = await setChampion('old', '2')
    const renamed = await done(mutations.renameModel, { model: key('old'), newName: 'new' })
    const three = await setChampion('new', '3')
    const times = [one.after, two.after, renamed.after, three.after]
    expect(await Promise.all(times.map((at) => holder('new', at)))).toEqual(['1', '2', '2', '3'])
    expect(await holder('new', one.before)).toBeNull()
    const made = await done(mutations.createVersion, {
      model: key('old'),
      createModel: true,
      source: 's3://b/y',
    })
    expect(await holder('old', two.after)).toBe('2')
    expect(
      await Promise.all([renamed.after, made.before, made.after].map((at) => holder('old', at))),
    ).toEqual([null, null, null])
    await done(mutations.renameModel, { model: key('new'), newName: 'newest' })
    expect(await Promise.all(times.map((at) => holder('newest', at)))).toEqual(['1', '2', '2', '3'])
  })

  it('that nothing is told of but a rename was it before that too', async () => {
    const { before, after } = await done(mutations.renameModel, { model: key('first'), newName: 'renamed' })
    expect([await holder('renamed', before), await holder('renamed', after)]).toEqual(['3', '3'])
    const moved = await setChampion('renamed', '1')
    expect(await Promise.all([before, after, moved.after].map((at) => holder('renamed', at)))).toEqual([
      '3',
      '3',
      '1',
    ])
  })

  it('is nobody once the version is deleted that did', async () => {
    const set = await setChampion('gone', '2')
    const deleted = await done(mutations.deleteVersion, { version: versionOf('gone', '2') })
    expect([await holder('gone', set.after), await holder('gone', deleted.after)]).toEqual(['2', null])
  })

  it('is nobody of a model that was deleted, nor of one that was made under its name', async () => {
    const set = await setChampion('anew', '1')
    const deleted = await done(mutations.deleteModel, { model: key('anew') })
    const made = await done(mutations.createVersion, {
      model: key('anew'),
      createModel: true,
      source: 's3://b/y',
    })
    const again = await setChampion('anew', '1')
    const times = [set.after, deleted.after, made.after, again.after]
    expect(await Promise.all(times.map((at) => holder('anew', at)))).toEqual(['1', null, null, '1'])
  })

  it('is not judged by what others have done since the last look', async () => {
    const before = Date.now()
    await wait(3)
    await store.aliases.set({ model: 'outside', alias: 'champion' }, '2')
    expect(await holder('outside', before)).toBeNull()
  })

  it('is not known any more of times that the log is cut off from', async () => {
    const set = await setChampion('moved', '3')
    const [, , third] = await eventsOf('moved')
    const { seq } = await catalogTables
      .in(database)
      .queries.selectFrom('event_log')
      .select(sql<number>`max(seq)`.as('seq'))
      .executeTakeFirstOrThrow()
    await new EventLog(database).cutBefore(Date.parse(third?.at ?? '') + 1)
    expect(await heldAt('moved', set.before)).toBeNull()
    expect(await holder('moved', set.after)).toBe('3')
    expect(await new EventLog(database).cut()).toBe(seq)
  })
})
