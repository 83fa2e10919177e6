import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MotoServer, startMoto } from '../../examples/adapter-sagemaker/test/moto-server.ts'
import { rounds } from '../environment/rounds.ts'
import * as mutations from '../gateway/mutations.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import { copyExample, type ExampleCopy } from './example-copy.ts'
import { installMoto } from './moto-installation.ts'

const installMs = 10 * 60_000
const say = (line: string) => console.log(`[examples] ${line}`)

describe('the example of an adapter for SageMaker', () => {
  let example: ExampleCopy
  let python: string

  beforeAll(async () => {
    python = await installMoto(say)
    example = await copyExample('adapter-sagemaker')
  }, installMs)
  afterAll(() => example?.remove())

  it('passes its own tests where somebody has copied it', { timeout: installMs }, async () => {
    const said = await example.run(rounds('test:own', 'test'), { MOTO_PYTHON: python })
    expect(said).toMatch(rounds(/^\S+ fail 0$/m, /^[1-9]\d* passed, 0 failed, /m))
  })

  describe('as a plug-in of a gateway, beside a local registry', () => {
    let moto: MotoServer
    let gateway: OpenGateway
    const run = (document: string, input: object) => gateway.data(document, { input })
    const key = (registry: string, name: string) => ({ key: { registry, name } })
    const versionKey = (registry: string, model: string, version = '1') => ({
      key: { registry, model, version },
    })

    beforeAll(async () => {
      await example.run('build')
      moto = await startMoto(python, { completed: true })
      const options = {
        region: 'eu-west-1',
        endpoint: moto.url,
        credentials: { accessKeyId: 'AKIATESTONLY', secretAccessKey: 'only-for-tests' },
      }
      const adapter = join(example.folder, 'dist', 'index.js')
      gateway = await openGateway({
        registries: [
          { name: 'home', adapter: 'local', environment: 'dev' },
          { name: 'aws', adapter, environment: 'prod', options },
        ],
      })
      await run(mutations.createModel, { registry: 'home', name: 'churn' })
      await run(mutations.createVersion, { model: key('home', 'churn'), source: 's3://bucket/churn.tar.gz' })
      await run(mutations.createModel, {
        registry: 'aws',
        name: 'fraud',
        description: 'Finds fraud.',
        tags: [{ key: 'team', value: "risk's" }],
      })
      await run(mutations.createVersion, {
        model: key('aws', 'fraud'),
        source: 's3://bucket/fraud.tar.gz',
        tags: [{ key: 'auc', value: '0.9' }],
      })
    })
    afterAll(async () => {
      await gateway?.close()
      await moto?.close()
    })

    it('lists the models of both, with their versions', async () => {
      const { models } = await gateway.data(`{
        models(first: 10, orderBy: [{ field: NAME }]) {
          nodes { registry { name } name description tags { key value } versions { nodes { version stage source status tags { key value } } } }
        }
      }`)
      expect(models.nodes).toMatchObject([
        { registry: { name: 'home' }, name: 'churn', versions: { nodes: [{ version: '1' }] } },
        {
          registry: { name: 'aws' },
          name: 'fraud',
          description: 'Finds fraud.',
          tags: [{ key: 'team', value: "risk's" }],
          versions: {
            nodes: [
              {
                version: '1',
                stage: 'PendingManualApproval',
                source: 's3://bucket/fraud.tar.gz',
                status: 'READY',
                tags: [{ key: 'auc', value: '0.9' }],
              },
            ],
          },
        },
      ])
    })

    it('moves aliases and stages', async () => {
      const set = { model: key('aws', 'fraud'), alias: 'champion', version: '1' }
      await run(mutations.setAlias, set)
      const approved = { version: versionKey('aws', 'fraud'), stage: 'approved' }
      const { transitionStage } = await run(mutations.transitionStage, approved)
      expect(transitionStage).toEqual({ modelVersion: { version: '1', stage: 'Approved' }, archived: [] })
      const { model } = await gateway.data(
        '{ model(registry: "aws", name: "fraud") { tags { key } aliases { name versionNumber version { stage } } } }',
      )
      expect(model).toEqual({
        tags: [{ key: 'team' }],
        aliases: [{ name: 'champion', versionNumber: '1', version: { stage: 'Approved' } }],
      })
    })

    it('is not asked for what it leaves out, or its rules refuse', async () => {
      const fraud = key('aws', 'fraud')
      const change = { input: { model: fraud, description: 'New.' } }
      expect((await gateway.ask(mutations.updateModel, change)).errors?.[0]).toMatchObject({
        message: 'The registry "aws" cannot change the description of a model.',
        extensions: { code: 'UNSUPPORTED', registry: 'aws' },
      })
      const lines = { input: { model: fraud, source: 's3://bucket/1', description: 'Two\nlines.' } }
      expect((await gateway.ask(mutations.createVersion, lines)).errors?.[0]).toMatchObject({
        message: expect.stringContaining('up to 1,024 characters, without line breaks and tabs'),
        extensions: { code: 'BAD_USER_INPUT' },
      })
      const archiving = { version: versionKey('aws', 'fraud'), stage: 'Approved', archiveExisting: true }
      expect((await gateway.ask(mutations.transitionStage, { input: archiving })).errors?.[0]).toMatchObject({
        message: expect.stringContaining('has no stage Archived'),
        extensions: { code: 'UNSUPPORTED', registry: 'aws' },
      })
    })

    it('takes a copy of a local version, and gives it back with its lineage', async () => {
      const there = {
        source: versionKey('home', 'churn'),
        destination: { registry: 'aws', name: 'churn' },
        artifacts: 'REFERENCE',
      }
      const { copyModelVersion } = await run(mutations.copyVersion, there)
      expect(copyModelVersion).toMatchObject({
        createdModel: true,
        modelVersion: {
          version: '1',
          source: 'models://home/churn/1',
          artifactUri: 's3://bucket/churn.tar.gz',
          tags: [],
        },
      })
      const back = {
        source: versionKey('aws', 'churn'),
        destination: { registry: 'home', name: 'churn-again' },
        artifacts: 'REFERENCE',
      }
      await run(mutations.copyVersion, back)
      const asked = { registry: 'home', model: 'churn-again', version: '1' }
      expect((await gateway.data(mutations.lineage, asked)).modelVersion).toEqual({
        source: 'models://aws/churn/1',
        copiedFrom: { version: '1', modelName: 'churn' },
        lineage: [
          { uri: 'models://aws/churn/1', registry: 'aws', broken: false },
          { uri: 'models://home/churn/1', registry: 'home', broken: false },
        ],
      })
    })

    it('copies a version within SageMaker, whose copy has the files', async () => {
      const within = {
        source: versionKey('aws', 'fraud'),
        destination: { registry: 'aws', name: 'fraud-prod' },
      }
      const { copyModelVersion } = await run(mutations.copyVersion, within)
      expect(copyModelVersion.modelVersion).toMatchObject({
        source: 'models:/fraud/1',
        artifactUri: 's3://bucket/fraud.tar.gz',
        tags: [{ key: 'auc', value: '0.9' }],
        copiedFrom: { version: '1', modelName: 'fraud' },
      })
    })

    it('deletes a version with its aliases, and then its model', async () => {
      await run(mutations.deleteVersion, { version: versionKey('aws', 'fraud') })
      const { model } = await gateway.data(mutations.load, { registry: 'aws', name: 'fraud' })
      expect([model.aliases, model.versions.nodes]).toEqual([[], []])
      await run(mutations.deleteModel, { model: key('aws', 'fraud') })
      const after = await gateway.data(mutations.load, { registry: 'aws', name: 'fraud' })
      expect(after.model).toBeNull()
    })
  })
})
