import { describe, expect, it } from 'vitest'
import { openGuardedGateway } from '../identity/open-gateway.ts'
import { ask, connect, listen } from './listen.ts'

const config = { registries: [{ name: 'lab', adapter: 'local', environment: 'dev' }] }

const make = (name: string) =>
  `mutation { createModel(input: { registry: "lab", name: "${name}" }) { model { name } } }`

async function post(url: string, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return response.json() as Promise<{ data: never; errors?: unknown }>
}

describe('over a WebSocket', () => {
  it('events are told as they happen, the same as changes tells', async () => {
    const gateway = await openGuardedGateway(config)
    await post(gateway.url, make('before'))
    const client = connect(gateway.url)
    await ask(client, '{ __typename }')
    const told = listen(client)
    await ask(client, '{ __typename }')
    await post(gateway.url, make('one'))
    await ask(client, make('two'))
    await told.until(2)
    const { data } = (await (
      await gateway.ask({}, '{ changes { nodes { id cursor kind model key after } } }')
    ).json()) as { data: { changes: { nodes: unknown[] } } }
    expect(told.events.map(({ model }) => model)).toEqual(['one', 'two'])
    expect(told.events).toEqual(data.changes.nodes.slice(1))
  })
})
