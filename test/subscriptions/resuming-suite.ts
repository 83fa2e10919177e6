import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Random } from '../environment/random.ts'
import { rounds } from '../environment/rounds.ts'
import { GatewayProcess } from '../gateway/gateway-process.ts'
import { changes, now } from './lab.ts'
import type { ToldEvent } from './listen.ts'
import { SteadfastListener } from './steadfast-listener.ts'

const filters = [
  { where: null, takes: () => true },
  {
    where: { kinds: ['TAG_SET', 'MODEL_DELETED'] },
    takes: ({ kind }: ToldEvent) => kind !== 'MODEL_CREATED',
  },
  { where: { model: { endsWith: '1' } }, takes: ({ model }: ToldEvent) => model?.endsWith('1') === true },
]

/** @param createUrl of a database that several gateways can open. */
export function describeResuming(database: string, createUrl: () => Promise<string>): void {
  describe(`gateways on ${database} that are killed and closed under writes`, () => {
    it(
      'tell each event once to who comes again',
      async () => {
        const seed = randomInt(2 ** 31)
        const random = new Random(seed)
        const url = await createUrl()
        const registries = [{ name: 'lab', adapter: 'local', environment: 'dev', timeoutMs: 30_000 }]
        const config = { environments: ['dev'], registries, database: { url } }
        const gateways = [new GatewayProcess(config), new GatewayProcess(config)]
        onTestFinished(async () => {
          for (const gateway of gateways) await gateway.stop()
        })
        for (const gateway of gateways) await gateway.start()
        const alive = new Set(gateways)
        const urls = () => [...alive].map((gateway) => gateway.url)
        const start = await now(urls()[0] ?? '')
        const listeners = [...filters, ...filters].map(
          ({ where }) => new SteadfastListener(urls, random, start, where),
        )
        const running = listeners.map((listener) => listener.run())

        let isWriting = true
        const writing = Promise.all(
          [0, 1, 2].map((writer) => write(alive, new Random(seed + writer), writer, () => isWriting)),
        )
        for (let kill = 0; kill < rounds(4, 40); kill++) {
          await wait(random.between(200, 1200))
          for (const listener of listeners) if (random.chance(0.3)) listener.drop()
          const victim = random.pick(gateways)
          alive.delete(victim)
          await victim.stop(random.chance(0.7) ? 'SIGKILL' : 'SIGTERM')
          await victim.start()
          alive.add(victim)
        }
        isWriting = false
        await writing

        const all = await changes(urls()[0] ?? '', start)
        expect(all.length).toBeGreaterThan(20)
        for (const [index, listener] of listeners.entries()) {
          const expected = all.filter(filters[index % filters.length]?.takes ?? (() => true))
          await expect
            .poll(() => listener.events.length, { timeout: 20_000, message: `seed ${seed}` })
            .toBeGreaterThanOrEqual(expected.length)
          await wait(50)
          expect(listener.events, `seed ${seed}`).toEqual(expected)
          expect(listener.begun).toBeGreaterThan(1)
        }
        for (const listener of listeners) listener.stop()
        await Promise.all(running)
      },
      rounds(120_000, 1_200_000),
    )
  })
}

/** Whatever comes of it: the log says what was written. */
async function write(
  alive: ReadonlySet<GatewayProcess>,
  random: Random,
  writer: number,
  goesOn: () => boolean,
): Promise<void> {
  for (let made = 0; goesOn(); made++) {
    const name = `m-${writer}-${made % 20}`
    const key = `{ key: { registry: "lab", name: "${name}" } }`
    const query = random.pick([
      `mutation { createModel(input: { registry: "lab", name: "${name}" }) { model { id } } }`,
      `mutation { setModelTags(input: { model: ${key}, tags: [{ key: "n", value: "${made}" }] }) { model { id } } }`,
      `mutation { setModelTags(input: { model: ${key}, tags: [{ key: "n", value: "${made}" }] }) { model { id } } }`,
      `mutation { deleteModel(input: { model: ${key} }) { deletedId } }`,
    ])
    await random
      .pick([...alive])
      .ask(query, {}, { signal: AbortSignal.timeout(5000) })
      .catch(() => null)
    await wait(random.between(0, 30))
  }
}
