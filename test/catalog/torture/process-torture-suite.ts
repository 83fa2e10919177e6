import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import { catalogTables } from '../../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { faults } from '../../environment/fault-mode.ts'
import type { FaultProxy } from '../../environment/fault-proxy.ts'
import { Random } from '../../environment/random.ts'
import { GatewayProcess } from '../../gateway/gateway-process.ts'
import { silent } from '../../state/database-source.ts'
import type { Outside } from './outside.ts'
import { readRows, toContent } from './registry-content.ts'
import { Replay } from './replay.ts'
import { followLog, watchSteady } from './watchers.ts'
import { type Written, writeOutside, writeThrough } from './writers.ts'

export interface TortureBackend {
  /** The keys of the registry, besides its name and environment. */
  readonly registry: object
  /** In front of it, where it is a server. */
  readonly proxy: FaultProxy | null
  readonly canWrite: boolean
  outside(database: GatewayDatabase): Outside
  close(): Promise<void>
}

export interface TortureSetting {
  readonly name: string
  /** Gateways on one database. */
  readonly replicas: 1 | 2
  readonly kills: number
  readonly pauseMs: number
  createUrl(): Promise<string>
  open(): Promise<TortureBackend>
}

/** A sweep begins one and a half to three seconds after a start: some get that far, and others do not. */
const longestLifeMs = 3500
const firstSeed = Number(process.env.MODELGATE_TORTURE_SEED ?? randomInt(2 ** 30))

/**
 * Gateways in processes of their own are killed at random points while others write to the registry, through them and
 * beside them, and it fails. In the end the catalog is as the registry, row for row; nothing that is always there was
 * ever missing; and the log, applied to what there was before, gives what there is.
 */
export function itConverges({ name, replicas, kills, pauseMs, createUrl, open }: TortureSetting): void {
  it(
    `the catalog of ${name} converges over ${kills} kills`,
    async () => {
      const seed = firstSeed
      const random = new Random(seed)
      const prefix = `t${process.pid}-${seed % 1000}-`
      const named = (kind: string, count: number) =>
        Array.from({ length: count }, (_, index) => `${prefix}${kind}${index}`)
      const names = { steady: named('steady', 8), changing: named('changing', 6) }
      const backend = await open()
      const url = await createUrl()
      const database = await openGatewayDatabase(url, { log: silent })
      const outside = backend.outside(database)
      for (const steady of names.steady) {
        await outside.createModel(steady)
        for (let count = 0; count < 2; count++) await outside.createVersion(steady)
      }
      const main = { name: 'main', environment: 'dev', timeoutMs: 4000, ...backend.registry }
      const config = {
        environments: ['dev'],
        registries: [main],
        database: { url },
        catalog: { syncEvery: '1s', sweepEvery: '1s', runs: false },
      }
      const gateways = Array.from({ length: replicas }, () => new GatewayProcess(config))
      const [first] = gateways as [GatewayProcess]
      const doors = gateways.map((gateway) => ({ ask: gateway.ask.bind(gateway) }))
      const [door] = doors as [(typeof doors)[number]]
      const stop = new AbortController()
      const ended = new AbortController()
      const wrong: string[] = []
      const written: Written = { marks: [], moves: [] }
      const about = `MODELGATE_TORTURE_SEED=${seed}`
      try {
        for (const gateway of gateways) await gateway.start()
        await expect.poll(() => stateOf(first, prefix), { timeout: 120_000, interval: 200 }).toBe('OK')
        const before = toContent((await readRows(door, 'LIVE', prefix))?.nodes ?? [])
        const watching = watchSteady(door, prefix, names, { stop: ended.signal, wrong })
        const following = followLog(door, ended.signal)
        const at = { stop: stop.signal, pauseMs, written }
        const writing = [
          writeOutside(outside, names, new Random(seed + 1), at),
          ...(backend.canWrite
            ? ['a', 'b'].map((writer, index) =>
                writeThrough(doors, names, new Random(seed + 2 + index), { ...at, name: writer }),
              )
            : []),
        ]
        for (let kill = 0; kill < kills; kill++) {
          await wait(random.between(100, longestLifeMs))
          await disturb(backend.proxy, random)
          const gateway = random.pick(gateways)
          await gateway.stop('SIGKILL')
          await wait(random.between(0, 300))
          await gateway.start()
        }
        stop.abort()
        await Promise.all(writing)
        await backend.proxy?.setMode(faults.pass)
        const quiet = Date.now()
        // Everything of before is in it.
        await expect
          .poll(
            async () => {
              const read = await readRows(door, 'INDEXED', prefix)
              return read?.state === 'OK' && Date.parse(read.asOf ?? '') >= quiet
            },
            { timeout: 180_000, interval: 300 },
          )
          .toBe(true)
        const live = await readRows(door, 'LIVE', prefix)
        const indexed = await readRows(door, 'INDEXED', prefix)
        expect(indexed?.nodes, about).toEqual(live?.nodes)
        const events = await catalogTables
          .in(database)
          .queries.selectFrom('event_log')
          .selectAll()
          .orderBy('seq')
          .execute()
        expect(
          events.map(({ seq }) => seq),
          about,
        ).toEqual(events.map((_, index) => index + 1))
        ended.abort()
        const [answers, ids] = await Promise.all([watching, following])
        expect(answers, about).toBeGreaterThan(kills)
        // Others may write to the same server, and be told of meanwhile.
        expect(ids.length, about).toBeGreaterThanOrEqual(events.length)
        expect(new Set(ids).size, about).toBe(ids.length)
        const own = events.filter(({ model }) => model?.startsWith(prefix))
        const replay = new Replay(before)
        replay.apply(own)
        replay.expectIs(toContent(live?.nodes ?? []))
        const misses = [...wrong, ...replay.wrong, ...misjudged(own, written)]
        const models = new Set(misses.flatMap((miss) => /"model":"([^"]+)"/.exec(miss)?.[1] ?? []))
        expect({ misses, log: own.filter(({ model }) => models.has(model ?? '')) }, about).toEqual({
          misses: [],
          log: [],
        })
      } finally {
        stop.abort()
        ended.abort()
        for (const gateway of gateways) await gateway.stop()
        await database.close()
        await backend.close()
      }
    },
    240_000 + kills * 30_000,
  )
}

async function stateOf(gateway: GatewayProcess, prefix: string): Promise<string> {
  return (await readRows(gateway, 'INDEXED', prefix))?.state ?? 'none'
}

async function disturb(proxy: FaultProxy | null, random: Random): Promise<void> {
  const modes = [
    faults.refuse,
    faults.html500,
    faults.reset,
    faults.truncated,
    faults.notHttp,
    faults.delay(300),
  ]
  if (!proxy || random.chance(0.3)) return
  await proxy.setMode(random.pick([...modes, faults.loseAnswer]))
  await wait(random.between(100, 1500))
  await proxy.setMode(faults.pass)
}

type Event = {
  readonly kind: string
  readonly model: string | null
  readonly key: string | null
  readonly after: string | null
  readonly certainty: string
  readonly at: number
  readonly not_before: number | null
}

/** Who takes longer than that is not waited for: what it has overwritten may be noted after it, and it is seen to stand then. */
const patienceMs = 500

/** What was acknowledged and not told once, was told twice, or has a window that its time does not lie in. */
function misjudged(events: readonly Event[], { marks, moves }: Written): string[] {
  const told = Map.groupBy(
    events.filter(({ kind }) => kind === 'TAG_SET'),
    ({ after }) => after ?? '',
  )
  const ofMarks = marks.flatMap((mark) => {
    const own = told.get(mark.value) ?? []
    const recorded = own.filter(({ certainty }) => certainty === 'RECORDED').length
    const isLost = mark.by === 'gateway' && mark.isAcknowledged && recorded !== 1
    const isDouble = own.length > 1 && mark.to - mark.from < patienceMs
    const isBeside = own.some((event) => !mayHold(event, mark))
    return isLost || isDouble || isBeside ? [`${JSON.stringify(mark)}: ${JSON.stringify(own)}`] : []
  })
  const ofMoves = events
    .filter(({ kind, certainty }) => kind === 'ALIAS_SET' && certainty === 'OBSERVED')
    .filter(
      (event) =>
        !moves.some(
          (move) =>
            move.model === event.model &&
            move.alias === event.key &&
            move.version === event.after &&
            mayHold(event, move),
        ),
    )
  return [...ofMarks, ...ofMoves.map((event) => `nobody moved it then: ${JSON.stringify(event)}`)]
}

function mayHold(
  { at, not_before: notBefore, certainty }: Event,
  { from, to }: { readonly from: number; readonly to: number },
) {
  if (at < from) return false
  return certainty === 'RECORDED' || notBefore === null || notBefore <= to
}
