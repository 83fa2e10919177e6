import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { carryOut } from '../../src/federation/commands/carry-out.ts'
import { listModels, listVersions } from '../../src/federation/list/over-registries.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { Session } from '../../src/federation/session/session.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { Random } from '../environment/random.ts'
import type { DatabaseSource } from '../state/database-source.ts'
import { expectIndexInStep } from './index-in-step.ts'
import { openProcess } from './open-process.ts'
import { shiftingAdapter } from './shifting-adapter.ts'

const log = pino({ level: 'silent' })
const aliases = ['champion', 'challenger']
const stages = ['None', 'Staging', 'Production']

/** Backends that die, pages that shift, processes that are broken off: in the end the catalog is as the registry. */
export function describeSyncTorture(source: DatabaseSource, rounds: number): void {
  test.each(Array.from({ length: rounds }, (_, round) => round + 1))(
    `a sync on ${source.name} converges, round %i`,
    async (seed) => {
      const random = new Random(seed)
      const database = await openGatewayDatabase(await source.createUrl(), { log })
      const store = createLocalStore(database, 'main')
      const trouble = { isOn: true }
      const live = connectLocal(defaultLocalConfig, { registry: 'main', log, database })
      const { changes: _, ...withoutFeed } = live
      const meddle = async () => {
        if (trouble.isOn && random.chance(0.7)) await writeOutside(store, random)
      }
      const fails = () => trouble.isOn && random.chance(0.08)
      const adapter = shiftingAdapter(random.chance(0.3) ? live : withoutFeed, { meddle, fails }, 4)
      for (let index = 0; index < 14; index++)
        await store.models.create({ name: `m${index}` }).catch(() => {})
      for (let index = 0; index < 20; index++) await writeOutside(store, random)

      const end = new AbortController()
      const writing = writeThrough(openProcess(database, adapter).federation, random, end.signal)
      for (let pass = 0; pass < 12; pass++) {
        const { federation, catalog, settings } = openProcess(database, adapter)
        const kill = new AbortController()
        const timer = random.chance(0.5)
          ? setTimeout(() => kill.abort(new Error('killed')), integer(random, 40))
          : null
        const wish = { fullSince: random.chance(0.3) ? Date.now() : null, waitMs: 2000, signal: kill.signal }
        await syncOnce({ federation, catalog }, 'main', settings, wish).catch((error: unknown) => {
          if (!kill.signal.aborted) throw error
        })
        if (timer) clearTimeout(timer)
      }
      end.abort()
      const written = await writing
      trouble.isOn = false
      const { federation, catalog, settings } = openProcess(database, adapter)
      const wish = { waitMs: 5000, signal: new AbortController().signal }
      // The first may finish a sweep that was begun before the last writes.
      for (let pass = 0; pass < 2; pass++) {
        const last = await syncOnce({ federation, catalog }, 'main', settings, {
          ...wish,
          fullSince: Date.now(),
        })
        expect(last).toMatchObject({ problem: null })
      }
      expect(await contentOf(federation, 'INDEXED')).toEqual(await contentOf(federation, 'LIVE'))
      await expectChain(database, federation, written)
      await expectIndexInStep(database)
      await federation.close()
      await database.close()
    },
    60_000,
  )
}

type Store = ReturnType<typeof createLocalStore>

/** As somebody who does not come through the gateway. */
async function writeOutside(store: Store, random: Random): Promise<void> {
  const model = `m${integer(random, 18)}`
  const version = String(1 + integer(random, 3))
  const writes = [
    () => store.models.create({ name: model }),
    () => store.models.delete(model),
    () => store.versions.create({ model, source: 's3://b/x' }),
    () => store.versions.create({ model, source: 's3://b/x' }),
    () => store.versions.delete({ model, version }),
    () => store.aliases.set({ model, alias: random.pick(aliases) }, version),
    () => store.aliases.set({ model, alias: random.pick(aliases) }, version),
    () => store.models.setTags(model, [{ key: 'team', value: String(integer(random, 3)) }]),
    () => store.versions.setTags({ model, version }, [{ key: 'n', value: String(integer(random, 3)) }]),
    () => store.stages.transition({ model, version }, { stage: random.pick(stages) }),
  ]
  // What is not there cannot be written to.
  await random
    .pick(writes)()
    .catch(() => {})
}

/** Answers the values that were written under a key of their own, all of which have to be told of once. */
async function writeThrough(federation: Federation, random: Random, signal: AbortSignal): Promise<string[]> {
  const written: string[] = []
  for (let count = 0; !signal.aborted; count++) {
    const session = new Session(federation, {
      deadlineMs: null,
      signal: new AbortController().signal,
      caller: null,
    })
    const model = { kind: 'key', registry: 'main', name: `m${integer(random, 18)}` } as const
    const value = `own ${count}`
    try {
      if (random.chance(0.5)) {
        const tags = [{ key: 'own', value }]
        await carryOut(session, { operation: 'setModelTags', model, tags })
        written.push(value)
      } else {
        const version = String(1 + integer(random, 3))
        const move = { alias: random.pick(aliases), version, expectedVersion: null, onlyIfUnset: false }
        await carryOut(session, { operation: 'setAlias', model, ...move })
      }
    } catch {
      // Somebody has deleted it, or the backend is away.
    } finally {
      session.end()
    }
    await wait(integer(random, 6))
  }
  return written
}

async function contentOf(federation: Federation, read: 'LIVE' | 'INDEXED') {
  const session = new Session(federation, {
    deadlineMs: null,
    signal: new AbortController().signal,
    caller: null,
  })
  const all = { registries: null, environments: null, filter: null, order: null, includeArchived: true }
  const page = { first: 500, after: null, read }
  try {
    const models = await listModels(session, { ...all, ...page })
    const versions = await listVersions(session, { ...all, ...page })
    expect([models.complete, versions.complete]).toEqual([true, true])
    return {
      models: models.nodes.map(({ mode: _, ...model }) => model),
      versions: versions.nodes.map(({ mode: _, ...version }) => version),
    }
  } finally {
    session.end()
  }
}

/** What each event says was before is what the one before it has left, and the last one has left what is there now. */
async function expectChain(database: GatewayDatabase, federation: Federation, written: readonly string[]) {
  const events = await catalogTables
    .in(database)
    .queries.selectFrom('event_log')
    .selectAll()
    .orderBy('seq')
    .execute()
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const now = new Map<string, string | null>()
  const lives = new Map<string, number>()
  const place = ({ model, version, key, kind }: (typeof events)[number]) => {
    const of = kind.startsWith('ALIAS_')
      ? 'alias'
      : kind.startsWith('TAG_')
        ? `tag ${version}`
        : `${kind} ${version}`
    return JSON.stringify([model, lives.get(model ?? '') ?? 0, of, key])
  }
  for (const event of events) {
    if (event.kind === 'MODEL_DELETED') lives.set(event.model ?? '', (lives.get(event.model ?? '') ?? 0) + 1)
    if (!/^(ALIAS_|TAG_|STAGE_)/.test(event.kind)) continue
    const before = now.get(place(event))
    if (before !== undefined)
      expect([event.seq, event.kind, event.key, event.before]).toEqual([
        event.seq,
        event.kind,
        event.key,
        before,
      ])
    expect(event.after).not.toBe(event.before)
    if (event.not_before !== null) expect(event.not_before).toBeLessThanOrEqual(event.at)
    now.set(place(event), event.after)
  }
  const { models } = await contentOf(federation, 'LIVE')
  for (const model of models) {
    const life = lives.get(model.name) ?? 0
    for (const alias of aliases) {
      const last = now.get(JSON.stringify([model.name, life, 'alias', alias]))
      const holder = model.aliases.find(({ name }) => name === alias)?.version ?? null
      if (last !== undefined) expect([model.name, alias, holder]).toEqual([model.name, alias, last])
    }
  }
  const told = events
    .filter(({ certainty, key }) => certainty === 'RECORDED' && key === 'own')
    .map(({ after }) => after)
  expect(told).toEqual(expect.arrayContaining([...written]))
  expect(new Set(told).size).toBe(told.length)
}

/** From 0 up to `below`. */
function integer(random: Random, below: number): number {
  return Math.floor(random.between(0, below))
}
