import { describe, expect, it } from 'vitest'
import { data, make, openLab } from './lab.ts'
import { ask, connect } from './listen.ts'

const models = '{ models(first: 100) { nodes { name tags { key value } } } }'

/** Models whose tags are longer together than what may wait for one who is told events. */
async function openLarge() {
  const gateway = await openLab()
  const value = 'x'.repeat(4900)
  const tags = Array.from({ length: 18 }, (_, key) => `{ key: "k${key}", value: "${value}" }`).join(', ')
  for (let n = 0; n < 60; n++) {
    await data(gateway.url, make(`m${n}`))
    await data(
      gateway.url,
      `mutation { setModelTags(input: { model: { key: { registry: "lab", name: "m${n}" } }, tags: [${tags}] }) { model { id } } }`,
    )
  }
  return gateway
}

describe('an answer that is long', () => {
  it('is no sign of a slow reader, whichever way it takes', async () => {
    const { url } = await openLarge()
    const expected = { data: await data(url, models) }
    expect(JSON.stringify(expected).length).toBeGreaterThan(5_000_000)
    const client = connect(url)
    expect(await ask(client, models)).toEqual(expected)
    const several = await Promise.all([
      ask(client, models),
      ask(client, models),
      ask(client, '{ __typename }'),
    ])
    expect(several).toEqual([expected, expected, { data: { __typename: 'Query' } }])

    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: models }),
    })
    const text = await response.text()
    expect(text.endsWith('\n\nevent: complete\ndata:\n\n')).toBe(true)
    expect(JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '')).toEqual(expected)
  }, 60_000)
})
