import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../environment/free-port.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

let gateway: OpenGateway

beforeAll(async () => {
  gateway = await openGateway({
    environments: ['dev'],
    server: { port: 0, answersKeptMs: 10_000 },
    catalog: false,
    registries: [
      { name: 'main', adapter: 'local', environment: 'dev' },
      { name: 'away', adapter: 'mlflow', environment: 'dev', url: `http://127.0.0.1:${await freePort()}` },
    ],
  })
})
afterAll(() => gateway?.close())

/** How old the answer is that is given the third time; undefined: it is made anew. The first two make it known. */
async function ageOf(query: string): Promise<unknown> {
  await gateway.ask(query)
  await gateway.ask(query)
  const { extensions } = await gateway.ask(query, {}, { 'modelgate-explain': '1' })
  return extensions?.modelgate.ageMs
}

test('what is whole is kept', async () => {
  expect(await ageOf('{ models(registries: ["main"]) { nodes { name } complete } }')).toEqual(
    expect.any(Number),
  )
})

test.each([
  ['a list that lacks a registry', '{ models { nodes { name } complete } }'],
  ['what could not be read, though null says so', '{ registry(name: "away") { capabilities { tags } } }'],
  ['what failed', '{ model(registry: "away", name: "m") { name } }'],
])('%s is not kept', async (_, query) => {
  expect(await ageOf(query)).toBeUndefined()
})

test('a write ends what was kept before it is answered', async () => {
  const query = '{ models(registries: ["main"]) { nodes { name } } }'
  await ageOf(query)
  const input = { registry: 'main', name: 'written' }
  const create = 'mutation ($input: CreateModelInput!) { createModel(input: $input) { model { name } } }'
  await gateway.data(create, { input })
  expect((await gateway.data(query)).models.nodes).toEqual([{ name: 'written' }])
})
