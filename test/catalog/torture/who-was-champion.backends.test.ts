import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, inject, it } from 'vitest'
import { faults } from '../../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../../environment/fault-proxy.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { Random } from '../../environment/random.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { rounds } from '../../environment/rounds.ts'
import { GatewayProcess } from '../../gateway/gateway-process.ts'
import * as mutations from '../../gateway/mutations.ts'
import { createFileSource } from '../../state/database-source.ts'
import { outsideMlflow } from './outside.ts'
import { readRows } from './registry-content.ts'

const source = createFileSource()
afterAll(() => source.dispose())

/** More than can be moved between two looks: whoever comes back is seen to have been away. */
const versions = 10
const firstSeed = Number(process.env.MODELGATE_TORTURE_SEED ?? randomInt(2 ** 30))

interface Move {
  readonly version: string
  readonly from: number
  readonly to: number
  readonly byGateway: boolean
}

for (const version of rounds<readonly (typeof mlflowVersions)[number][]>(['3.17.2'], mlflowVersions))
  it(
    `what is said of who was champion in MLflow ${version} is so, whatever restarts and fails`,
    async () => {
      requireBackend(`mlflow ${version}`)
      const random = new Random(firstSeed)
      const { url } = inject('mlflow')[version]
      const outside = outsideMlflow(url)
      const name = `champion-${process.pid}-${firstSeed % 1000}`
      await outside.createModel(name)
      for (let count = 0; count < versions; count++) await outside.createVersion(name)
      await outside.setAlias(name, 'champion', '1')
      const proxy = await startFaultProxy(url)
      const main = { name: 'main', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs: 20_000 }
      const gateway = new GatewayProcess({
        environments: ['dev'],
        registries: [main],
        database: { url: await source.createUrl() },
        catalog: { syncEvery: '1s', sweepEvery: '1s', runs: false },
      })
      const settled = async () => {
        const quiet = Date.now()
        const isSettled = async () => {
          const read = await readRows(gateway, 'INDEXED', name).catch(() => null)
          return read?.state === 'OK' && Date.parse(read.asOf ?? '') >= quiet
        }
        await expect.poll(isSettled, { timeout: 60_000, interval: 200 }).toBe(true)
      }
      try {
        await gateway.start()
        await settled()
        const begun = Date.now()
        const moves: Move[] = []
        for (let count = 1; count <= rounds(5, 40); count++) {
          await wait(random.between(300, 1500))
          await disturb(gateway, proxy, random)
          const next = String(1 + (count % versions))
          const byGateway = random.chance(0.3)
          const from = Date.now()
          let times = 1
          if (byGateway) times = await setThrough(gateway, name, next)
          else await outside.setAlias(name, 'champion', next)
          // Of one whose answer was lost nobody knows whether it is the gateway that has told it.
          moves.push({ version: next, from, to: Date.now(), byGateway: byGateway && times === 1 })
        }
        await proxy.setMode(faults.pass)
        await settled()
        const wrong: string[] = []
        for (const { at, holder } of moments(begun, moves)) {
          const said = await heldAt(gateway, name, at)
          const isCertain = said !== null && said.certainty !== 'UNCERTAIN'
          if (said === null || (isCertain && said.versionNumber !== holder.version))
            wrong.push(`${at}: ${holder.version}, and not ${JSON.stringify(said)}`)
          if (!isCertain || holder.from === 0) continue
          // It was moved there between the two.
          const [least, most] = [Date.parse(said.notBefore), Date.parse(said.notAfter)]
          if (least > holder.to || most < holder.from || (holder.byGateway && said.certainty !== 'RECORDED'))
            wrong.push(`${JSON.stringify(holder)}, and not ${JSON.stringify(said)}`)
        }
        expect(wrong, `MODELGATE_TORTURE_SEED=${firstSeed} ${JSON.stringify(moves)}`).toEqual([])
      } finally {
        await gateway.stop()
        await proxy.close()
        await outside.deleteModel(name)
      }
    },
    rounds(240_000, 900_000),
  )

async function disturb(gateway: GatewayProcess, proxy: FaultProxy, random: Random): Promise<void> {
  switch (random.pickBy({ nothing: 5, outage: 2, restart: 1 })) {
    case 'outage':
      await proxy.setMode(random.pick([faults.refuse, faults.html500, faults.truncated]))
      await wait(random.between(100, 1500))
      await proxy.setMode(faults.pass)
      break
    case 'restart':
      await gateway.stop(random.pick(['SIGKILL', 'SIGTERM']))
      await gateway.start()
      break
  }
}

/** Until it is known to be done. Answers how often it was asked for. */
async function setThrough(gateway: GatewayProcess, name: string, version: string): Promise<number> {
  const input = { model: { key: { registry: 'main', name } }, alias: 'champion', version }
  for (let times = 1; ; times++) {
    const { errors } = await gateway.ask(mutations.setAlias, { input })
    if (!errors) return times
    if (times === 5) throw new Error(JSON.stringify(errors))
    await wait(500)
  }
}

/** Between the moves, and right beside them. */
function moments(begun: number, moves: readonly Move[]) {
  const first: Move = { version: '1', from: 0, to: begun, byGateway: false }
  return [first, ...moves].flatMap((holder, index, all) => {
    const until = (all[index + 1]?.from ?? holder.to + 2) - 1
    const times = [holder.to + 1, (holder.to + until) / 2, until].map(Math.floor)
    return times.filter((at) => at > holder.to && at <= until).map((at) => ({ at, holder }))
  })
}

async function heldAt(gateway: GatewayProcess, name: string, at: number) {
  const query = `query ($name: String!, $at: DateTime!) { model(registry: "main", name: $name) {
    aliasAt(name: "champion", at: $at) { versionNumber certainty notBefore notAfter } } }`
  const { data, errors } = await gateway.ask(query, { name, at: new Date(at).toISOString() })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.model.aliasAt
}
