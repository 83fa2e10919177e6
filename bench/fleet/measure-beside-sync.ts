import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Figure } from './figure.ts'
import { fleetRegistries } from './fleet.ts'
import { mlflowFleetConfig } from './fleet-config.ts'
import { type FleetGateway, quantile, startFleetGateway } from './fleet-gateway.ts'
import type { Measured } from './measured.ts'
import { startMlflow } from './start-mlflow.ts'

const bar = { atMost: 1.3 }
const pages = 200
const people = [fleetRegistries[0], fleetRegistries[1]] as const
const list = (read: string) =>
  `{ modelVersions(registries: ["${people[0].name}"], read: ${read}, first: 50) { nodes { version model { name } tags { key value } } sources { state } } }`
const questions = { LIVE: list('LIVE'), INDEXED: list('INDEXED') } as const

/**
 * Pages of a small registry while a large one, of 100,000 versions in a fleet of 100,000 models, is read for the first
 * time, beside the same of a gateway that reads nothing, in turn.
 */
export async function* measureBesideSync({ stores, models }: Measured): AsyncGenerator<Figure> {
  const [small, large] = [await startMlflow(1000, 1), await startMlflow(models, 2)]
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-beside-'))
  try {
    for (const { database, create } of stores) {
      const config = (url: string) => {
        const all = mlflowFleetConfig(url, large.url, people)
        const [first, second] = all.registries
        const own = { syncEvery: '7d', sweepEvery: '365d' }
        return {
          ...all,
          registries: [
            { ...first, url: `${small.url}/${people[0].name}`, catalog: own },
            { ...second, catalog: own },
          ],
        }
      }
      const idleConfig = (url: string) => ({ ...config(url), registries: config(url).registries.slice(0, 1) })
      const idle = await startFleetGateway(idleConfig(await create(join(folder, 'idle.db'))))
      await untilSynced(idle, people[0].name)
      const busy = await startFleetGateway(config(await create(join(folder, 'busy.db'))))
      try {
        await untilSynced(busy, people[0].name)
        const times = await timesWhile({ idle, busy }, async () => !(await isSynced(busy, people[1].name)))
        for (const [read, both] of Object.entries(times)) {
          for (const [name, share] of [
            ['p50', 0.5],
            ['p95', 0.95],
          ] as const) {
            const figure = quantile(both.busy, share) / quantile(both.idle, share)
            const what = `${read} pages while ${models} versions are synced, ${name} of ${both.busy.length}`
            yield { what, database, figure, unit: 'x of idle', bar }
          }
        }
        yield { what: 'memory during the sync', database, figure: busy.process.residentMb, unit: 'MB' }
      } finally {
        await Promise.all([idle.stop(), busy.stop()])
      }
    }
  } finally {
    small.stop()
    large.stop()
    rmSync(folder, { recursive: true })
  }
}

type Times = Record<keyof typeof questions, { readonly idle: number[]; readonly busy: number[] }>

/** In turn, and with a pause, as people ask: whoever asks without end holds the sync up, which gives way. */
async function timesWhile(
  gateways: { readonly idle: FleetGateway; readonly busy: FleetGateway },
  goesOn: () => Promise<boolean>,
): Promise<Times> {
  const times: Times = { LIVE: { idle: [], busy: [] }, INDEXED: { idle: [], busy: [] } }
  for (let round = -5; round < pages && (await goesOn()); round++) {
    for (const [read, query] of Object.entries(questions)) {
      for (const name of round % 2 ? (['idle', 'busy'] as const) : (['busy', 'idle'] as const)) {
        const { ms } = await gateways[name].ask(query)
        if (round >= 0) times[read as keyof typeof questions][name].push(ms)
      }
    }
    await wait(50)
  }
  if (times.LIVE.busy.length < 20)
    throw new Error('The sync was over before there was anything to compare; take a larger --size.')
  return times
}

async function isSynced(gateway: FleetGateway, name: string): Promise<boolean> {
  const { data } = await gateway.ask(`{ registry(name: "${name}") { catalog { lastFullSync } } }`)
  return (
    (data as { registry: { catalog: { lastFullSync: string | null } } }).registry.catalog.lastFullSync !==
    null
  )
}

async function untilSynced(gateway: FleetGateway, name: string): Promise<void> {
  while (!(await isSynced(gateway, name))) await wait(200)
}
