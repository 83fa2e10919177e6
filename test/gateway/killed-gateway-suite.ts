import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../environment/random.ts'
import { rounds } from '../environment/rounds.ts'
import { GatewayProcess } from './gateway-process.ts'
import * as mutations from './mutations.ts'

/** Acknowledged: what it left behind has to be there. */
interface Write {
  readonly document: string
  readonly input: object
}

interface Kills {
  readonly ofOneWrite: number
  readonly ofManyWriters: number
}

/** With `main` as its registry. */
export function describeKilledGateway(registry: string, kills: Kills, config: () => Promise<object>): void {
  describe(`a gateway in front of ${registry} that is killed`, () => {
    const seed = randomInt(2 ** 31)
    const random = new Random(seed)
    let gateway: GatewayProcess

    beforeAll(async () => {
      gateway = new GatewayProcess({ environments: ['dev'], registries: [await config()] })
      await gateway.start()
    })
    afterAll(() => gateway?.stop())

    const data = async (document: string, variables: object) => {
      const answer = await gateway.ask(document, variables)
      expect(answer.errors).toBeUndefined()
      return answer.data
    }
    const load = async (name: string) => (await data(mutations.load, { registry: 'main', name })).model
    const killSoon = async () => {
      const milliseconds = random.between(0, 40)
      await wait(milliseconds)
      await gateway.stop('SIGKILL')
      return milliseconds
    }

    it(
      'between a write and its answer leaves one version to the same key',
      async () => {
        for (let round = 0; round < kills.ofOneWrite; round++) {
          const name = `killed-${randomUUID()}`
          const input = {
            model: { key: { registry: 'main', name } },
            createModel: true,
            source: 's3://bucket/once',
            description: 'made once',
            tags: [{ key: 'round', value: String(round) }],
            idempotencyKey: name,
          }
          // The first query of a process takes longest; without this one every kill would come too early.
          expect(await load(name)).toBeNull()
          const sent = gateway.ask(mutations.createVersion, { input }).catch(() => null)
          const killedAfter = await killSoon()
          const first = await sent
          await gateway.start()
          const where = `seed ${seed}, round ${round}, killed after ${killedAfter} ms`
          const second = await gateway.ask(mutations.createVersion, { input })
          expect(second.errors, where).toBeUndefined()
          expect(second.data.createModelVersion.modelVersion, where).toMatchObject({
            version: '1',
            source: 's3://bucket/once',
            tags: input.tags,
          })
          if (first) expect(first, where).toEqual(second)
          expect(await gateway.ask(mutations.createVersion, { input }), where).toEqual(second)
          expect((await load(name)).versions.nodes, where).toHaveLength(1)
        }
      },
      rounds(60_000, 15 * 60_000),
    )

    it(
      'while it writes has lost nothing that it acknowledged',
      async () => {
        for (let round = 0; round < kills.ofManyWriters; round++) {
          const writers = Array.from({ length: 4 }, () => writeOn(gateway, `writer-${randomUUID()}`))
          await Promise.all(writers.map(({ begun }) => begun))
          await killSoon()
          const all = await Promise.all(writers.map(({ done }) => done))
          await gateway.start()
          const where = `seed ${seed}, round ${round}`
          for (const acknowledged of all) {
            const model = await load(acknowledged.name)
            expect(model, where).not.toBeNull()
            const { versions, tags, aliases, description } = model
            expect(versions.nodes.length, where).toBeGreaterThanOrEqual(acknowledged.versions)
            // One more may have been written whose answer did not get out.
            expect(versions.nodes.length, where).toBeLessThanOrEqual(acknowledged.versions + 1)
            for (const { version, source, tags: own } of versions.nodes) {
              expect(source, where).toBe(`s3://bucket/${version}`)
              expect(own, where).toEqual([
                { key: 'a', value: version },
                { key: 'b', value: version },
              ])
            }
            const atLeast = (text: string | undefined, least: number) => {
              expect(Number(text ?? 0), where).toBeGreaterThanOrEqual(least)
              expect(Number(text ?? 0), where).toBeLessThanOrEqual(least + 1)
            }
            atLeast(tags[0]?.value, acknowledged.tag)
            atLeast(aliases[0]?.versionNumber, acknowledged.alias)
            atLeast(description ?? undefined, acknowledged.description)
          }
        }
      },
      rounds(60_000, 15 * 60_000),
    )
  })
}

/** Writes one thing after the other, and keeps what was acknowledged, until the gateway is gone. */
function writeOn(gateway: GatewayProcess, name: string) {
  const acknowledged = { name, versions: 0, tag: 0, alias: 0, description: 0 }
  const key = { key: { registry: 'main', name } }
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const write = async ({ document, input }: Write) => {
    const { errors } = await gateway.ask(document, { input })
    if (errors) throw new Error(JSON.stringify(errors))
  }
  const work = async () => {
    await write({ document: mutations.createModel, input: { registry: 'main', name } })
    begin()
    for (let count = 1; ; count++) {
      const value = String(count)
      const tags = ['a', 'b'].map((each) => ({ key: each, value }))
      const version = { model: key, source: `s3://bucket/${value}`, tags }
      await write({ document: mutations.createVersion, input: version })
      acknowledged.versions = count
      await write({ document: mutations.setModelTags, input: { model: key, tags: [{ key: 'last', value }] } })
      acknowledged.tag = count
      await write({ document: mutations.setAlias, input: { model: key, alias: 'champion', version: value } })
      acknowledged.alias = count
      await write({ document: mutations.updateModel, input: { model: key, description: value } })
      acknowledged.description = count
    }
  }
  const done = work().then(
    () => acknowledged,
    (error: unknown) => {
      begin()
      // Only a gateway that is gone ends the work; what it refuses is a failure of the test.
      if (error instanceof TypeError || error instanceof SyntaxError) return acknowledged
      throw error
    },
  )
  return { begun, done }
}
