import { appendFileSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { writePlugIn } from '../plug-ins/plug-in-folder.ts'
import { startIssuer } from './issuer.ts'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { runModelgateIn } from './run-modelgate.ts'

interface NotedCall {
  readonly registry: string
  readonly member: string
  readonly caller: {
    readonly principal: string
    readonly groups: readonly string[]
    readonly credential?: string
  } | null
}

/** Shows everybody a model of their name, and notes everything that it is told of who asks. */
const plugIn = (more: string) =>
  writePlugIn(`
import { appendFileSync } from 'node:fs'
export default define((options, { registry }) => {
  const noted = (member, run) => async (...given) => {
    const { caller } = given.at(-1)
    await new Promise((done) => setTimeout(done, 20))
    appendFileSync(options.notes, JSON.stringify({ registry, member, caller }) + '\\n')
    return run(...given)
  }
  const names = ({ caller }) => [caller === null ? 'of-nobody' : 'of-' + caller.principal]
  return {
    ...adapter,
    describe: noted('describe', adapter.describe),
    health: noted('health', adapter.health),
    models: {
      get: noted('get', async (asked) => asked.map(() => null)),
      list: noted('list', async (_, call) => page(names(call).map(model))),
    },
    writes: { ...writes, models: { ...writes.models, create: noted('create', async () => {}) } },
    ${more}
  }
})`)

async function openPlugged() {
  const issuer = await startIssuer()
  const perCaller = plugIn('perCaller: true')
  const notes = join(dirname(perCaller), 'notes')
  appendFileSync(notes, '')
  const registry = (name: string, adapter: string, more: object = {}) => ({
    name,
    adapter,
    environment: 'dev',
    options: { notes, ...more },
  })
  const gateway = await openGuardedGateway({
    auth: { jwt: [{ issuer: issuer.url, audience: 'modelgate', groups: 'teams' }] },
    registries: [
      registry('forwarded', perCaller, { auth: { forward: true } }),
      registry('told', perCaller),
      registry('shared', plugIn('')),
    ],
  })
  const ask = async (token: string, query: string) =>
    (await (await gateway.ask(bearer(token), query)).json()) as {
      data: Record<string, { nodes: { name: string; registry: { name: string } }[]; sources: unknown[] }>
    }
  const calls = (): NotedCall[] =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as NotedCall)
  return { issuer, gateway, ask, calls }
}

const list =
  '{ models { nodes { name registry { name } } sources { registry { name } state error { code message } } } }'
const create = (registry: string) =>
  `mutation { createModel(input: { registry: "${registry}", name: "new" }) { model { name } } }`

test("a plug-in gets the caller's own credential where its options forward it, and nobody else's", async () => {
  const { issuer, gateway, ask, calls } = await openPlugged()
  const people = await Promise.all(
    ['ann', 'bea'].map(async (sub) => ({ sub, token: await issuer.sign({ sub, teams: [`team-${sub}`] }) })),
  )
  const asked = [...people, ...people]
  const answers = await Promise.all(asked.map(({ token }) => ask(token, list)))
  for (const [index, { data }] of answers.entries()) {
    const seen = Object.fromEntries(
      data.models?.nodes.map(({ name, registry }) => [registry.name, name]) ?? [],
    )
    const own = `of-user:${asked[index]?.sub}`
    expect(seen).toEqual({ forwarded: own, told: own, shared: 'of-nobody' })
  }
  for (const { token } of people) {
    for (const registry of ['forwarded', 'told', 'shared']) await ask(token, create(registry))
  }
  const own = new Map(people.map(({ sub, token }) => [`user:${sub}`, token]))
  const sent = calls().filter(({ registry, caller }) => registry === 'forwarded' && caller !== null)
  expect(new Set(sent.map(({ member }) => member))).toEqual(new Set(['list', 'get', 'create']))
  for (const { caller } of sent) {
    expect(caller?.credential).toBe(own.get(caller?.principal ?? ''))
    expect(caller?.groups).toEqual([`group:team-${caller?.principal.slice('user:'.length)}`])
  }
  for (const { token } of people) expect(gateway.log()).not.toContain(token)
})

test('a plug-in whose options do not forward it never sees a credential, on reads and writes', async () => {
  const { issuer, ask, calls } = await openPlugged()
  const token = await issuer.sign({ sub: 'ann' })
  await ask(token, list)
  for (const registry of ['told', 'shared']) await ask(token, create(registry))
  const others = calls().filter(({ registry }) => registry !== 'forwarded')
  expect(others.filter(({ caller }) => caller?.credential !== undefined)).toEqual([])
  expect(JSON.stringify(others)).not.toContain(token)
  const told = (registry: string, member: string) =>
    others
      .filter((one) => one.registry === registry && one.member === member)
      .map(({ caller }) => caller?.principal ?? null)
  expect(told('told', 'list')).toContain('user:ann')
  expect(new Set(told('shared', 'list'))).toEqual(new Set([null]))
  for (const registry of ['told', 'shared']) expect(told(registry, 'create')).toEqual(['user:ann'])
})

test('an API token is nobody to forward: it is refused for that registry, and the plug-in is not asked', async () => {
  const { gateway, ask, calls } = await openPlugged()
  const made = await runModelgateIn(dirname(gateway.file), ['token', 'create', 'ci'])
  const { data } = await ask(made.stdout.trim(), list)
  expect(data.models?.sources).toContainEqual({
    registry: { name: 'forwarded' },
    state: 'ERROR',
    error: { code: 'FORBIDDEN', message: expect.stringContaining("caller's own JSON web token") },
  })
  const asked = calls().filter(({ registry, member }) => registry === 'forwarded' && member === 'list')
  expect(asked).toEqual([])
})
