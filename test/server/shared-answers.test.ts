import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import type { MeasuredSession } from '../../src/graphql/request-scope.ts'
import type { RequestFacts } from '../../src/server/request-facts.ts'
import { readAnswer, startServer } from './start-server.ts'

const query = 'query ($name: String!) { model(registry: "main", name: $name) { name description } }'
const ask = (name = 'a') => ({ query, variables: { name } })

/** A registry that answers when it is let, and what was asked of it. */
function heldRegistry() {
  const asked: string[] = []
  let isOpen = true
  let waiting: (() => void)[] = []
  const model = async (_: unknown, { name }: { name: string }) => {
    asked.push(name)
    if (!isOpen) await new Promise<void>((resolve) => waiting.push(resolve))
    return { name, description: `read ${asked.length}` }
  }
  return {
    asked,
    model,
    hold: () => {
      isOpen = false
    },
    release: () => {
      isOpen = true
      for (const resolve of waiting) resolve()
      waiting = []
    },
    async untilAsked(times: number) {
      while (asked.length < times) await wait(1)
    },
  }
}

interface Sharing {
  viewKey: string
  writesSoFar: number
  isIncomplete: boolean
}

/** What each request that comes from now on may share. */
function openSharing() {
  const sharing: Sharing = { viewKey: '', writesSoFar: 0, isIncomplete: false }
  const sessions: { facts: RequestFacts; ended: boolean }[] = []
  const openSession = (facts: RequestFacts): MeasuredSession => {
    const entry = { facts, ended: false }
    sessions.push(entry)
    const end = () => {
      entry.ended = true
    }
    return { ...sharing, cost: () => ({ upstreamRequests: {}, cacheHits: {} }), end }
  }
  return { sharing, sessions, openSession }
}

async function open(options: Parameters<typeof startServer>[1] = {}) {
  const registry = heldRegistry()
  const { sharing, sessions, openSession } = openSharing()
  const started = await startServer({ model: registry.model }, { openSession, ...options })
  // What has not been answered before is not known to be valid.
  await started.post(ask('warm'))
  registry.asked.length = 0
  sessions.length = 0
  return { ...started, registry, sharing, sessions }
}

const bodyOf = async (response: Promise<Response>) => (await response).text()

test('what is asked many times at once is answered once, with the same bytes for each', async () => {
  const { post, registry, sessions } = await open()
  registry.hold()
  const answers = Array.from({ length: 32 }, (_, index) => post(ask(), { 'x-request-id': `r${index}` }))
  while (sessions.length < 32) await wait(1)
  await wait(20)
  registry.release()
  const responses = await Promise.all(answers)
  expect(registry.asked).toEqual(['a'])
  expect(responses.map(({ headers }) => headers.get('x-request-id'))).toEqual(
    responses.map((_, index) => `r${index}`),
  )
  const bodies = await Promise.all(responses.map((response) => response.text()))
  expect(new Set(bodies)).toEqual(new Set(['{"data":{"model":{"name":"a","description":"read 1"}}}\n']))
  await post(ask())
  expect(registry.asked).toEqual(['a', 'a'])
})

const different: readonly [string, (sharing: Sharing) => [object, Record<string, string>?]][] = [
  ['other variables', () => [ask('b')]],
  ['another document', () => [{ ...ask(), query: `${query} ` }]],
  ['a deadline of its own', () => [ask(), { 'modelgate-deadline-ms': '2000' }]],
  ['a wish to be told what it took', () => [ask(), { 'modelgate-explain': '1' }]],
  [
    'another view',
    (sharing) => {
      sharing.viewKey = 'ann'
      return [ask()]
    },
  ],
  [
    'a write since it was asked',
    (sharing) => {
      sharing.writesSoFar++
      return [ask()]
    },
  ],
]

test.each(different)('%s is another question', async (_, other) => {
  const { post, registry, sharing } = await open()
  registry.hold()
  const first = post(ask())
  await registry.untilAsked(1)
  const second = post(...other(sharing))
  await registry.untilAsked(2)
  registry.release()
  for (const answer of [first, second]) expect((await answer).status).toBe(200)
})

test('who asks who is asking shares with nobody', async () => {
  const held = heldRegistry()
  const { post } = await startServer({ model: held.model, viewer: () => ({ principal: 'ann', groups: [] }) })
  const personal = { query: '{ viewer { principal } model(registry: "main", name: "a") { name } }' }
  await post(personal)
  held.hold()
  const answers = [post(personal), post(personal)]
  await held.untilAsked(3)
  held.release()
  await Promise.all(answers)
})

/** A client that leaves when it is told to. */
function leaver(url: string, body: object) {
  const headers = { 'content-type': 'application/json', accept: '*/*' }
  const sent = request(`${url}/graphql`, { method: 'POST', headers })
  sent.on('error', () => {})
  sent.end(JSON.stringify(body))
  return { leave: () => sent.destroy() }
}

test('the first that asked may leave: the others get the answer', async () => {
  const { url, post, registry, sessions } = await open()
  registry.hold()
  const first = leaver(url, ask())
  await registry.untilAsked(1)
  const second = post(ask())
  while (sessions.length < 2) await wait(1)
  await wait(20)
  first.leave()
  await wait(50)
  expect(sessions[0]).toMatchObject({ ended: false })
  expect(sessions[0]?.facts.signal.aborted).toBe(false)
  registry.release()
  expect(await bodyOf(second)).toContain('read 1')
  while (sessions.some(({ ended }) => !ended)) await wait(1)
})

test('when all have left it is broken off, and who comes then asks anew', async () => {
  const { url, post, registry, sessions } = await open()
  registry.hold()
  const first = leaver(url, ask())
  await registry.untilAsked(1)
  const second = leaver(url, ask())
  while (sessions.length < 2) await wait(1)
  await wait(20)
  first.leave()
  second.leave()
  while (sessions[0]?.ended !== true) await wait(1)
  expect(sessions[0].facts.signal.aborted).toBe(true)
  const third = post(ask())
  await registry.untilAsked(2)
  registry.release()
  expect(await bodyOf(third)).toContain('read 2')
})

test('a failure that names its request names that of each', async () => {
  const held = heldRegistry()
  const model = async (...given: Parameters<typeof held.model>) => {
    await held.model(...given)
    throw new TypeError('a fault of the gateway')
  }
  const { post } = await startServer({ model })
  await post(ask())
  held.hold()
  const answers = ['r1', 'r2', 'r3'].map((id) => post(ask(), { 'x-request-id': id }))
  await held.untilAsked(2)
  await wait(50)
  held.release()
  const bodies = await Promise.all(answers.map(async (answer) => readAnswer(await answer)))
  expect(bodies.map(({ errors }) => errors?.[0]?.message)).toEqual(
    ['r1', 'r2', 'r3'].map((id) => `Internal error; request id ${id}`),
  )
})

test('what no plan takes is told to each as graphql-js tells it', async () => {
  const held = heldRegistry()
  const registries = async () => {
    await held.model(null, { name: 'registries' })
    throw new RegistryFailure('main', new RegistryError('NOT_FOUND', 'It is gone.'))
  }
  const { post } = await startServer({ registries })
  const question = { query: '{ registries { name } }' }
  const [first] = [await readAnswer(await post(question))]
  held.hold()
  const answers = [post(question), post(question)]
  await wait(50)
  held.release()
  for (const answer of answers) expect(await readAnswer(await answer)).toEqual(first)
  expect(first.data).toBeNull()
})

const kept = { answersKeptMs: 10_000 }

test('a kept answer is given to who asks the same within its time, and says how old it is', async () => {
  const { post, registry } = await open({ answersKeptMs: 300 })
  const first = await bodyOf(post(ask()))
  await wait(20)
  expect(await bodyOf(post(ask()))).toBe(first)
  const { data, extensions = {} } = await readAnswer(await post(ask(), { 'modelgate-explain': '1' }))
  expect({ data }).toEqual(JSON.parse(first))
  const { ageMs, ...cost } = extensions.modelgate as { ageMs: number; upstreamRequests: object }
  expect(cost.upstreamRequests).toEqual({})
  expect(ageMs).toBeGreaterThanOrEqual(20)
  expect(registry.asked).toEqual(['a'])
  await wait(300)
  expect(await bodyOf(post(ask()))).toContain('read 2')
})

test.each(different.filter(([name]) => !name.startsWith('a wish')))(
  '%s is not answered by what was kept',
  async (_, other) => {
    const { post, registry, sharing } = await open(kept)
    await post(ask())
    await post(...other(sharing))
    expect(registry.asked).toHaveLength(2)
  },
)

test('nothing is kept unless it is asked for, and nothing that is not whole', async () => {
  const plain = await open()
  await plain.post(ask())
  await plain.post(ask())
  expect(plain.registry.asked).toHaveLength(2)
  const { post, registry, sharing } = await open(kept)
  sharing.isIncomplete = true
  await post(ask())
  sharing.isIncomplete = false
  await post(ask())
  expect(registry.asked).toHaveLength(2)
})

test('no failure is kept', async () => {
  let asked = 0
  const model = () => {
    asked++
    throw new RegistryFailure('main', new RegistryError('RATE_LIMITED', 'Wait.'))
  }
  const { post } = await startServer({ model }, kept)
  for (let time = 1; time <= 4; time++) {
    expect((await readAnswer(await post(ask()))).errors).toHaveLength(1)
    expect(asked).toBe(time)
  }
})
