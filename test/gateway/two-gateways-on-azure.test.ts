import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, storage, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { rounds } from '../environment/rounds.ts'
import * as mutations from './mutations.ts'
import { type Answer, type OpenGateway, openGateway } from './open-gateway.ts'

const file = join(mkdtempSync(join(tmpdir(), 'modelgate-two-')), 'gateway.db')
let double: AzureDouble
let gateways: readonly OpenGateway[]
beforeAll(async () => {
  double = await startAzureDouble()
  const { subscriptionId, resourceGroup, workspace } = place
  const scope = { subscriptionId, resourceGroup, workspace, endpoint: double.url, auth: { token: 't' } }
  const config = {
    environments: ['dev'],
    registries: [{ name: 'azure', adapter: 'azureml', environment: 'dev', timeoutMs: 20_000, ...scope }],
    database: { url: `sqlite:${file}` },
  }
  gateways = [await openGateway(config), await openGateway(config)]
})
afterAll(async () => {
  for (const gateway of gateways ?? []) await gateway.close()
  await double.close()
})
beforeEach(async () => {
  double.reset()
  const writer = new AzureWriter(double.url, workspacePath)
  for (const number of ['1', '2', '3']) {
    await writer.put(`models/m/versions/${number}`, { modelUri: `${storage}/${number}` })
  }
})

const model = { key: { registry: 'azure', name: 'm' } }
const version = { key: { registry: 'azure', model: 'm', version: '1' } }
const writers = [0, 1, 2, 3, 4, 5]
/** Those with an odd number ask the other gateway. */
const ask = (writer: number, document: string, input: object): Promise<Answer> =>
  (gateways[writer % 2] as OpenGateway).ask(document, { input })
const load = async () =>
  (await (gateways[0] as OpenGateway).data(mutations.load, { registry: 'azure', name: 'm' })).model
/** Not by a list. */
const stageOf = async (number: string) =>
  (await new AzureWriter(double.url, workspacePath).get(`models/m/versions/${number}`)).properties.tags.stage
const tagOf = (writer: number, round: number) => ({ key: `writer-${writer}`, value: `${round}` })

/** All at once; every one of them has to be acknowledged. */
async function write(each: (writer: number) => Promise<Answer>): Promise<readonly Answer[]> {
  const answers = await Promise.all(writers.map(each))
  for (const { errors } of answers) expect(errors).toBeUndefined()
  return answers
}

describe('what two gateways on one database have acknowledged of Azure ML is there:', () => {
  it('every alias and every tag of a model', async () => {
    for (let round = 0; round < rounds(3, 200); round++) {
      await write((writer) =>
        writer < 3
          ? ask(writer, mutations.setModelTags, { model, tags: [tagOf(writer, round)] })
          : ask(writer, mutations.setAlias, {
              model,
              alias: `alias-${writer}`,
              version: `${((writer + round) % 3) + 1}`,
            }),
      )
      const { tags, aliases } = await load()
      expect(tags).toEqual([0, 1, 2].map((writer) => tagOf(writer, round)))
      expect(aliases).toEqual(
        [3, 4, 5].map((writer) => ({
          name: `alias-${writer}`,
          versionNumber: `${((writer + round) % 3) + 1}`,
        })),
      )
    }
  })

  it('every tag of a version, its description and its stage', async () => {
    for (let round = 0; round < rounds(3, 200); round++) {
      const stage = round % 2 === 0 ? 'Staging' : 'Production'
      await write((writer) => {
        if (writer === 4) return ask(writer, mutations.updateVersion, { version, description: `${round}` })
        if (writer === 5) return ask(writer, mutations.transitionStage, { version, stage })
        return ask(writer, mutations.setVersionTags, { version, tags: [tagOf(writer, round)] })
      })
      const { versions } = await load()
      expect(versions.nodes.find((node: { version: string }) => node.version === '1')).toMatchObject({
        tags: [0, 1, 2, 3].map((writer) => tagOf(writer, round)),
        description: `${round}`,
        stage,
      })
    }
  })

  it('that a version is alone in Production, although lists lag behind', async () => {
    for (let round = 0; round < rounds(3, 200); round++) {
      double.set({ listLag: { ms: 60_000 } })
      await write((writer) => {
        const moved = { key: { registry: 'azure', model: 'm', version: `${((writer + round) % 3) + 1}` } }
        return ask(writer, mutations.transitionStage, { version: moved, stage: 'Production' })
      })
      const stages = await Promise.all(['1', '2', '3'].map(stageOf))
      expect(stages.toSorted()).toEqual(['Archived', 'Archived', 'Production'])
    }
  })

  it('that an alias of a stage is that of the version that came there last, although lists lag behind', async () => {
    const first = { key: { registry: 'azure', model: 'm', version: '1' } }
    await write((writer) => ask(writer, mutations.transitionStage, { version: first, stage: 'Production' }))
    await (gateways[0] as OpenGateway).data(mutations.load, { registry: 'azure', name: 'm' })
    double.set({ listLag: { ms: 60_000 } })
    const second = { key: { registry: 'azure', model: 'm', version: '2' } }
    const moved = await ask(1, mutations.transitionStage, { version: second, stage: 'Production' })
    expect(moved.errors).toBeUndefined()
    for (const writer of [0, 1]) {
      const input = { model, alias: `champion-${writer}`, stage: 'Production' }
      const { data, errors } = await ask(writer, mutations.assignAliasToStage, input)
      expect(errors).toBeUndefined()
      expect(data.assignAliasToStage.alias.versionNumber).toBe('2')
    }
  })

  it('a version that one gateway has made and not noted, once only when the other is asked again', async () => {
    double.set({ listLag: { ms: 60_000 } })
    const input = { model, source: `${storage}/once`, idempotencyKey: 'once' }
    const first = await ask(0, mutations.createVersion, input)
    expect(first.errors).toBeUndefined()
    const database = new DatabaseSync(file)
    database.exec('update idempotent_write set answer = null')
    database.close()
    const second = await ask(1, mutations.createVersion, input)
    expect(second.data.createModelVersion.modelVersion.version).toBe('4')
    expect(first.data.createModelVersion.modelVersion.version).toBe('4')
  })

  it('every version, as it was asked for, also where its model is made on the way', async () => {
    for (let round = 0; round < rounds(3, 200); round++) {
      const made = { key: { registry: 'azure', name: `made-${round}` } }
      const answers = await write((writer) =>
        ask(writer, mutations.createVersion, {
          model: made,
          createModel: true,
          source: `${storage}/same`,
          description: `${writer}`,
        }),
      )
      const given = answers.map(({ data }) => data.createModelVersion.modelVersion)
      expect(given.map(({ version }) => version).toSorted()).toEqual(['1', '2', '3', '4', '5', '6'])
      const { versions } = (
        await (gateways[1] as OpenGateway).data(mutations.load, { registry: 'azure', name: `made-${round}` })
      ).model
      for (const { version: number, description } of given) {
        expect(versions.nodes).toContainEqual(expect.objectContaining({ version: number, description }))
      }
      expect(given.map(({ description }) => description)).toEqual(writers.map(String))
    }
  })
})
