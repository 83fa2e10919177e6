import { expect, test } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { readAnswer, startServer } from './start-server.ts'

const tags = (count: number, value = 'x') =>
  Array.from({ length: count }, (_, key) => ({ key: `${key}`, value }))
const query = '{ model(registry: "a", name: "b") { tags { key value } } }'
const limits = { answer: { objects: 2000, characters: 50_000, objectsAtOnce: 3000 } }
const refused = { code: 'LIMIT_EXCEEDED', retryable: false }

/** How much of its work this thread did at one go at most; waiting for a busy machine does not count. */
async function longestShare(during: Promise<unknown>): Promise<number> {
  let longest = 0
  const beginning = process.threadCpuUsage()
  let before = beginning
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
  }, 1)
  await during
  clearInterval(timer)
  const { user, system } = process.threadCpuUsage(beginning)
  return longest / ((user + system) / 1000)
}

test('an answer that grows beyond its limit is broken off with a code, whatever is below its rows', async () => {
  const { post } = await startServer({ model: () => ({ tags: tags(2001) }) }, { limits })
  const response = await post({ query })
  const { data, errors } = await readAnswer(response)
  expect([response.status, data]).toEqual([400, undefined])
  expect(errors).toEqual([{ message: expect.stringContaining('smaller pages'), extensions: refused }])
})

test('long texts count as well', async () => {
  const { post } = await startServer({ model: () => ({ tags: tags(30, 'x'.repeat(2000)) }) }, { limits })
  expect((await readAnswer(await post({ query }))).errors?.[0]?.extensions).toEqual(refused)
})

test('what had been written before the answer grew too large is told to stay', async () => {
  const written: string[] = []
  const deleteModel = (name: string) => {
    written.push(name)
    return { model: { tags: tags(2001) } }
  }
  const { post } = await startServer({}, { limits }, { updateModel: () => deleteModel('one') })
  const update = 'updateModel(input: { model: { id: "x" }, description: "" }) { model { tags { key } } }'
  const { errors } = await readAnswer(await post({ query: `mutation { a: ${update} b: ${update} }` }))
  expect(errors?.[0]?.message).toContain('stays written')
  expect(written).toEqual(['one'])
})

test('large answers leave room for each other, or are told to come again', async () => {
  const { post } = await startServer({ model: async () => ({ tags: tags(1000) }) }, { limits })
  const answers = await Promise.all(Array.from({ length: 8 }, async () => readAnswer(await post({ query }))))
  const errors = answers.flatMap((answer) => answer.errors ?? [])
  for (const { extensions } of errors) expect(extensions).toEqual({ ...refused, retryable: true })
  expect(answers.some(({ data }) => data)).toBe(true)
  expect((await readAnswer(await post({ query }))).errors).toBeUndefined()
})

test('while a large answer is made and written, others are answered', { timeout: 60_000 }, async () => {
  const nodes = Array.from({ length: 300 }, (_, index) => ({
    name: `m${index}`,
    tags: tags(500),
    description: 'ü"\n',
  }))
  const { post } = await startServer({ models: () => ({ nodes, complete: true }) })
  const text = '{ models { nodes { name description tags { key value } } complete } }'
  const read = post({ query: text }).then((response) => response.arrayBuffer())
  const longest = await longestShare(read)
  const answer = JSON.parse(new TextDecoder().decode(await read))
  expect(answer).toEqual({ data: { models: { nodes, complete: true } } })
  // To make it is one piece of work to an executor without turns, and to write it another.
  expect(longest).toBeLessThan(0.3)
})

test('each of many failures has its path, and the place in the document stands there once', async () => {
  const failure = new RegistryFailure(
    'main',
    new RegistryError('REGISTRY_TIMEOUT', 'No answer by the deadline.'),
  )
  const rows = Array.from({ length: 500 }, () => ({ tags: () => Promise.reject(failure) }))
  const { post, log } = await startServer({
    models: () => ({ nodes: rows }),
    nodes: () => rows.map(() => Promise.reject(failure)),
  })
  const { errors } = await readAnswer(
    await post({ query: '{ models { nodes { tags { key } } } nodes(ids: []) { id } }' }),
  )
  const paths = rows.flatMap((_, index) => [`models,nodes,${index},tags`, `nodes,${index}`])
  expect(errors?.map(({ path }) => path?.join()).sort()).toEqual(paths.sort())
  expect(errors?.filter((error) => 'locations' in error)).toHaveLength(2)
  expect(JSON.stringify(errors).length / paths.length).toBeLessThan(200)
  expect(log.at('warn')).toHaveLength(1)
})
