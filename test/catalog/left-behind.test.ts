import { describe, expect, it } from 'vitest'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { asOf, isStale } from '../../src/federation/catalog/catalog.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { endsNotedWithinMs, settleMarginMs } from '../../src/federation/session/journal.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { writeJournalTables } from '../../src/state/journal/tables.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { openProcess } from './open-process.ts'

/** A gateway that was killed between its write and the note of the write's end, so long ago. */
async function afterKill(agoMs: number) {
  const source = createFileSource()
  const database = await openGatewayDatabase(await source.createUrl(), { log: silent })
  const store = createLocalStore(database, 'main')
  const { changes: _, ...adapter } = connectLocal(defaultLocalConfig, {
    registry: 'main',
    log: silent,
    database,
  })
  const { federation, catalog, journal, settings } = openProcess(database, adapter)
  const own = { ...settings, sweepEveryMs: 3_600_000 }
  const sync = () =>
    syncOnce({ federation, catalog }, 'main', own, {
      fullSince: null,
      waitMs: 2000,
      signal: new AbortController().signal,
    })
  await store.models.create({ name: 'churn' })
  await store.versions.create({ model: 'churn', source: 's3://b/x' })
  expect(await sync()).toMatchObject({ kind: 'swept' })

  const target = { registry: 'main', model: 'churn' }
  const model = { kind: 'key', registry: 'main', name: 'churn' } as const
  const move = { alias: 'champion', version: '1', expectedVersion: null, onlyIfUnset: false }
  const command = { operation: 'setAlias', model, ...move } as const
  const intent = { id: 'killed', command, target, caller: 'user:ann', requestId: null }
  await journal.begin(intent, { waitMs: 1000, settleInMs: settleMarginMs - agoMs })
  await store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
  const announced = {
    command,
    facts: { operation: 'setAlias', ...target, alias: { name: 'champion', from: null, to: '1' } },
    caller: 'user:ann',
    requestId: null,
  }
  const { queries } = writeJournalTables.in(database)
  return {
    sync,
    begun: Date.now(),
    /** As when the process that wrote has given no sign of life for long. */
    isGone: () => queries.updateTable('write_intent').set({ alone_until: 0 }).execute(),
    /** It goes on after all, as one that was suspended. */
    goesOn: () => federation.journal.end('killed', announced),
    async status() {
      const state = (await catalog.store.states()).get('main')
      return state && { asOf: asOf(state)?.getTime() ?? 0, isStale: isStale(state, own) }
    },
    async indexed() {
      const state = (await catalog.store.states()).get('main')
      const [row] = state ? await catalog.records.models(state, ['churn']) : []
      return row && 'aliases' in row ? row.aliases : null
    },
    async told() {
      const events = await catalogTables.in(database).queries.selectFrom('event_log').selectAll().execute()
      return events.map(({ kind, certainty, before, after }) => ({ kind, certainty, before, after }))
    },
    async close() {
      await federation.close()
      await database.close()
      await source.dispose()
    },
  }
}

describe('what was written by a gateway that was killed', () => {
  it('is left to it while it may still note the end', async () => {
    const gateway = await afterKill(0)
    expect(await gateway.sync()).toMatchObject({ kind: 'checked' })
    expect(await gateway.indexed()).toEqual([])
    expect(await gateway.told()).toEqual([])
    await gateway.close()
  })

  it('is read by the next sync once it gives no sign of life, and until then the catalog says that it is old', async () => {
    const gateway = await afterKill(0)
    await gateway.sync()
    expect(await gateway.status()).toMatchObject({ isStale: false })
    expect((await gateway.status())?.asOf).toBeLessThanOrEqual(gateway.begun)
    await gateway.isGone()
    expect(await gateway.status()).toMatchObject({ isStale: true })
    await gateway.sync()
    expect(await gateway.indexed()).toEqual([{ name: 'champion', version: '1' }])
    expect(await gateway.status()).toMatchObject({ isStale: false })
    await gateway.close()
  })

  it.each([
    ['before', false],
    ['after', true],
  ])('is told once by one that was only held up, %s somebody else has read it', async (_, isRead) => {
    const gateway = await afterKill(0)
    await gateway.isGone()
    if (isRead) await gateway.sync()
    await gateway.goesOn()
    const told = await gateway.told()
    expect(told).toMatchObject([{ kind: 'ALIAS_SET', before: null, after: '1' }])
    await gateway.sync()
    expect(await gateway.told()).toEqual(told)
    expect(await gateway.indexed()).toEqual([{ name: 'champion', version: '1' }])
    await gateway.close()
  })

  it('is read by the next sync after that, long before the note is settled, and told once', async () => {
    const gateway = await afterKill(endsNotedWithinMs)
    for (let pass = 0; pass < 2; pass++) {
      expect(await gateway.sync()).toMatchObject({ kind: 'checked' })
      expect(await gateway.indexed()).toEqual([{ name: 'champion', version: '1' }])
    }
    expect(await gateway.told()).toEqual([
      { kind: 'ALIAS_SET', certainty: 'OBSERVED', before: null, after: '1' },
    ])
    await gateway.close()
  })
})
