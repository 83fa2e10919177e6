import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type FaultMode, faults, upstreamSecret } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import type { LoggedRequest } from '../environment/request-log.ts'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const isWrite = ({ method, path }: LoggedRequest) => method !== 'GET' && !path.endsWith('/search')
const notKnown = 'Whether it was written is not known.'

interface Asked {
  /** Of the model that is written to. */
  readonly name: string
  readonly document: string
  readonly input: object
}

interface Outcome {
  readonly mode: FaultMode
  readonly code: string
  readonly retryable?: boolean
  readonly retryAfterMs?: number
  /** Whether MLflow did it all the same. */
  readonly isWritten?: boolean
  readonly isKnown?: boolean
  /** How many requests that write anything came by. */
  readonly sent?: number
}

const outcomes: Readonly<Record<string, Outcome>> = {
  'loses its answer': { mode: faults.loseAnswer, code: 'REGISTRY_UNAVAILABLE', isWritten: true },
  'keeps its answer to itself': { mode: faults.swallowAnswer, code: 'REGISTRY_TIMEOUT', isWritten: true },
  hangs: { mode: faults.hang, code: 'REGISTRY_TIMEOUT' },
  'resets the connection': { mode: faults.reset, code: 'REGISTRY_UNAVAILABLE' },
  'answers 500': { mode: faults.html500, code: 'REGISTRY_ERROR' },
  'answers an INTERNAL_ERROR': { mode: faults.json500, code: 'REGISTRY_ERROR' },
  'answers 503': { mode: faults.status(503), code: 'REGISTRY_UNAVAILABLE' },
  'answers garbage': { mode: faults.garbage, code: 'REGISTRY_ERROR' },
  'answers 429': {
    mode: faults.tooManyRequests('7'),
    code: 'RATE_LIMITED',
    retryable: true,
    retryAfterMs: 7000,
    isKnown: true,
  },
  'refuses the connection': {
    mode: faults.refuse,
    code: 'REGISTRY_UNAVAILABLE',
    retryable: true,
    isKnown: true,
    sent: 0,
  },
}

describe('a write to an MLflow that', () => {
  const prefix = `outcomes-${randomUUID().slice(0, 8)}`
  let proxy: FaultProxy
  let gateway: OpenGateway
  let made = 0

  beforeAll(async () => {
    proxy = await startFaultProxy(inject('mlflow')['3.17.2'].url)
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        {
          name: 'main',
          adapter: 'mlflow',
          environment: 'dev',
          url: proxy.url,
          timeoutMs: 1500,
          // The circuit has tests of its own.
          circuit: { failures: 1000 },
        },
      ],
    })
  })
  afterEach(() => proxy.setMode(faults.pass))
  afterAll(async () => {
    await gateway?.close()
    await proxy?.close()
  })

  const run = (document: string, input: object) => gateway.data(document, { input })
  const newModel = async () => {
    const name = `${prefix}-${++made}`
    await run(mutations.createModel, { registry: 'main', name })
    return name
  }
  const keyOf = (name: string) => ({ key: { registry: 'main', name } })
  const load = async (name: string) => (await gateway.data(mutations.load, { registry: 'main', name })).model
  /** Each of another model; at the same time, as some of them end by their timeout. */
  const failUnder = async (mode: FaultMode, asked: readonly Asked[]) => {
    await proxy.setMode(mode, isWrite)
    proxy.log.reset()
    const answers = await Promise.all(asked.map(({ document, input }) => gateway.ask(document, { input })))
    const written = proxy.log.requests.filter(isWrite)
    await proxy.setMode(faults.pass)
    return answers.map(({ data, errors }, index) => {
      expect(Object.values(data)).toEqual([null])
      expect(errors).toHaveLength(1)
      expect(JSON.stringify(errors)).not.toContain(upstreamSecret)
      const name = JSON.stringify(asked[index]?.name)
      const sent = written.filter(({ body }) => body.includes(name)).length
      return { message: errors?.[0]?.message ?? '', extensions: errors?.[0]?.extensions ?? {}, sent }
    })
  }

  const writes: Readonly<
    Record<
      string,
      { document: string; input: (name: string) => object; isDone: (name: string) => Promise<boolean> }
    >
  > = {
    createModelVersion: {
      document: mutations.createVersion,
      input: (name) => ({ model: keyOf(name), source: 's3://bucket/new' }),
      isDone: async (name) => (await load(name)).versions.nodes.length === 2,
    },
    setAlias: {
      document: mutations.setAlias,
      input: (name) => ({ model: keyOf(name), alias: 'champion', version: '1' }),
      isDone: async (name) => (await load(name)).aliases.length === 1,
    },
    setModelTags: {
      document: mutations.setModelTags,
      input: (name) => ({ model: keyOf(name), tags: [{ key: 'a', value: 'b' }] }),
      isDone: async (name) => (await load(name)).tags.length === 1,
    },
    deleteModel: {
      document: mutations.deleteModel,
      input: (name) => ({ model: keyOf(name) }),
      isDone: async (name) => (await load(name)) === null,
    },
  }

  const cases = Object.entries(outcomes).map(([how, outcome]) => ({ how, ...outcome }))

  it('answers a stage move, and then reads no more, has made it, and its error says so', async () => {
    const name = await newModel()
    for (const count of ['1', '2'])
      await run(mutations.createVersion, { model: keyOf(name), source: `s3://bucket/${count}` })
    const move = (version: string) => ({
      version: { key: { registry: 'main', model: name, version } },
      stage: 'Production',
      archiveExisting: true,
    })
    await run(mutations.transitionStage, move('1'))
    proxy.log.reset()
    const isReadAfterwards = ({ path }: LoggedRequest) =>
      !path.endsWith('/transition-stage') && proxy.log.count('model-versions/transition-stage') > 0
    await proxy.setMode(faults.html500, isReadAfterwards)
    const { data, errors } = await gateway.ask(mutations.transitionStage, { input: move('2') })
    await proxy.setMode(faults.pass)
    expect(data).toEqual({ transitionStage: null })
    const failure = errors?.find(({ path }) => path?.includes('archived'))
    expect(failure?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'main', retryable: false })
    expect(failure?.message).toMatch(
      /The move was made; the versions that went to Archived for it could not be read back\.$/,
    )
    const stages = (await load(name)).versions.nodes.map(({ stage }: { stage: string }) => stage)
    expect(stages.toSorted()).toEqual(['Archived', 'Production'])
  })

  it.each(cases)('$how is sent once, and its error says what is known', async (outcome) => {
    const {
      mode,
      code,
      retryable = false,
      retryAfterMs,
      isWritten = false,
      isKnown = false,
      sent = 1,
    } = outcome
    const asked: (Asked & { field: string; isDone: (name: string) => Promise<boolean> })[] = []
    for (const [field, { document, input, isDone }] of Object.entries(writes)) {
      const name = await newModel()
      await run(mutations.createVersion, { model: keyOf(name), source: 's3://bucket/first' })
      asked.push({ field, name, document, input: input(name), isDone })
    }
    const failures = await failUnder(mode, asked)
    for (const [index, { field, name, isDone }] of asked.entries()) {
      const failure = failures[index]
      expect(failure?.extensions, field).toEqual({
        code,
        registry: 'main',
        retryable,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      })
      expect(failure?.message.endsWith(notKnown), `${field}: ${failure?.message}`).toBe(!isKnown)
      expect(failure?.sent, field).toBe(sent)
      expect(await isDone(name), field).toBe(isWritten)
    }
  })

  it.each(cases)('$how makes one version in the end under an idempotency key', async (outcome) => {
    const { mode, code, isKnown = false, sent = 1 } = outcome
    const name = await newModel()
    const input = { model: keyOf(name), source: 's3://bucket/once', tags: [{ key: 'a', value: 'b' }] }
    const once = { ...input, idempotencyKey: name }
    const [failure] = await failUnder(mode, [{ name, document: mutations.createVersion, input: once }])
    expect(failure?.extensions).toMatchObject({ code, registry: 'main', retryable: true })
    expect(
      failure?.message.endsWith(`${notKnown} Ask again with the same idempotencyKey: it is not done twice.`),
    ).toBe(!isKnown)
    expect(failure?.sent).toBe(sent)
    const first = await run(mutations.createVersion, once)
    expect(first.createModelVersion.modelVersion).toMatchObject({ version: '1', source: 's3://bucket/once' })
    expect(await run(mutations.createVersion, once)).toEqual(first)
    expect((await load(name)).versions.nodes).toHaveLength(1)
    // The same wish without the key is another one.
    expect((await run(mutations.createVersion, input)).createModelVersion.modelVersion.version).toBe('2')
  })

  it('hangs from the start is known not to have written anything', async () => {
    const name = await newModel()
    await run(mutations.createVersion, { model: keyOf(name), source: 's3://bucket/first' })
    await proxy.setMode(faults.hang)
    proxy.log.reset()
    const input = { model: keyOf(name), alias: 'champion', version: '1' }
    const { errors } = await gateway.ask(mutations.setAlias, { input })
    expect(proxy.log.requests.filter(isWrite)).toEqual([])
    expect(errors?.[0]?.extensions).toEqual({ code: 'REGISTRY_TIMEOUT', registry: 'main', retryable: true })
    expect(errors?.[0]?.message).toBe('"main" did not answer within 1500 ms.')
  })
})
