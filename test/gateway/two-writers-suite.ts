import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

interface TwoWriters {
  /** Of two gateways, with a registry named `main`. */
  readonly config: object
  /** What makes the registry refuse a version once its model is there. */
  readonly refused: object
  dispose(): Promise<void>
}

/** What two gateways on one database do to one model at the same time. */
export function describeTwoWriters(title: string, open: () => Promise<TwoWriters>): void {
  describe(title, () => {
    let setting: TwoWriters
    let gateways: readonly OpenGateway[] = []
    const prefix = `both-${randomUUID().slice(0, 8)}`

    beforeAll(async () => {
      setting = await open()
      gateways = [await openGateway(setting.config), await openGateway(setting.config)]
    })
    afterAll(async () => {
      for (const gateway of gateways) await gateway.close()
      await setting?.dispose()
    })

    const ask = (gateway: number, document: string, input: object) =>
      (gateways[gateway] as OpenGateway).ask(document, { input })
    const keyOf = (name: string) => ({ key: { registry: 'main', name } })
    const load = async (name: string) => {
      const { data } = await (gateways[0] as OpenGateway).ask(mutations.load, { registry: 'main', name })
      return data.model
    }

    it('leave the version of the one when that of the other is refused and its model taken back', async () => {
      for (let round = 0; round < rounds(6, 60); round++) {
        const name = `${prefix}-undo-${round}`
        const wish = { model: keyOf(name), createModel: true, source: 's3://bucket/kept' }
        const [refused, made] = await Promise.all([
          ask(round % 2, mutations.createVersion, { ...wish, ...setting.refused }),
          ask((round + 1) % 2, mutations.createVersion, wish),
        ])
        expect(refused.errors, name).toHaveLength(1)
        expect(refused.errors?.[0]?.message).not.toMatch(/still there/)
        expect(made.errors, name).toBeUndefined()
        expect(
          (await load(name))?.versions.nodes.map(({ source }: { source: string }) => source),
          name,
        ).toEqual(['s3://bucket/kept'])
      }
    })

    it('leave an alias that follows a stage on the version in that stage', async () => {
      const name = `${prefix}-stage`
      const model = keyOf(name)
      for (const version of [1, 2]) {
        const source = `s3://bucket/${version}`
        await ask(0, mutations.createVersion, { model, createModel: true, source })
      }
      const promote = async (gateway: number, version: string) => {
        const key = { registry: 'main', model: name, version }
        const transition = { version: { key }, stage: 'Production', archiveExisting: true }
        expect((await ask(gateway, mutations.transitionStage, transition)).errors).toBeUndefined()
        const alias = { model, stage: 'Production', alias: 'champion' }
        expect((await ask(gateway, mutations.assignAliasToStage, alias)).errors).toBeUndefined()
      }
      for (let round = 0; round < rounds(6, 80); round++) {
        await Promise.all([promote(round % 2, '1'), promote((round + 1) % 2, '2')])
        const { aliases, versions } = await load(name)
        const holder = versions.nodes.find(({ stage }: { stage: string }) => stage === 'Production')
        expect(aliases, `round ${round}`).toEqual([{ name: 'champion', versionNumber: holder.version }])
      }
    })

    it('find a key free when what it was for was refused, for the same wish and for another', async () => {
      const name = `${prefix}-key`
      const wish = { model: keyOf(name), createModel: true, source: 's3://bucket/key', idempotencyKey: name }
      const refuse = (gateway: number) =>
        ask(gateway, mutations.createVersion, { ...wish, ...setting.refused })
      expect((await refuse(0)).errors).toHaveLength(1)
      expect((await refuse(1)).errors).toHaveLength(1)
      expect(await load(name)).toBeNull()
      const other = { registry: 'main', name: `${name}-other`, idempotencyKey: name }
      expect((await ask(1, mutations.createModel, other)).errors).toBeUndefined()
      expect(await load(other.name)).toMatchObject({ name: other.name })
      const answer = await ask(0, mutations.createVersion, wish)
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    })

    it('take a wish that is spelled otherwise for the same', async () => {
      const name = `${prefix}-spelling`
      const wish = { model: keyOf(name), createModel: true, source: 's3://bucket/s', idempotencyKey: name }
      const [a, b] = [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ]
      const first = await ask(0, mutations.createVersion, { ...wish, description: '', tags: [a, b] })
      expect(first.errors).toBeUndefined()
      const document =
        'query ($name: String!) { model(registry: "main", name: $name) { id versions { nodes { id } } } }'
      const { model } = (await (gateways[0] as OpenGateway).ask(document, { name })).data
      const again = { ...wish, model: { id: model.id }, runId: '', tags: [b, a] }
      expect(await ask(1, mutations.createVersion, again)).toEqual(first)

      const copy = { destination: { registry: 'main', name: `${name}-copy` }, idempotencyKey: `${name}-copy` }
      const copied = await ask(0, mutations.copyVersion, {
        ...copy,
        source: { key: { registry: 'main', model: name, version: '1' } },
      })
      expect(copied.errors).toBeUndefined()
      const spellings = [{ id: model.versions.nodes[0].id }, { uri: { uri: `models://main/${name}/1` } }]
      for (const source of spellings) {
        expect(await ask(1, mutations.copyVersion, { ...copy, source })).toEqual(copied)
      }
      expect((await load(`${name}-copy`)).versions.nodes).toHaveLength(1)
    })
  })
}
