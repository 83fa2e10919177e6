/** MLflow's searches over 500 models with 50 versions each, all with tags: in a thread of its own. */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { parentPort } from 'node:worker_threads'

const tags = Array.from({ length: 50 }, (_, index) => ({ key: `key-${index}`, value: `value ${index}` }))
const names = Array.from({ length: 500 }, (_, index) => `model-${String(index).padStart(3, '0')}`)

function version(name: string, number: number) {
  return {
    name,
    version: String(number),
    creation_timestamp: 1_700_000_000_000 + number,
    current_stage: 'None',
    source: `s3://models/${name}/${number}`,
    status: 'READY',
    tags: tags.slice(0, 8),
  }
}

const versionsOf = new Map(
  names.map((name) => [name, Array.from({ length: 50 }, (_, index) => version(name, 50 - index))]),
)
const models = names.map((name) => ({
  name,
  creation_timestamp: 1_700_000_000_000,
  last_updated_timestamp: 1_700_000_000_000,
  latest_versions: [version(name, 50)],
  tags,
}))

function answer(path: string, question: URLSearchParams): unknown {
  const size = Number(question.get('max_results') ?? 100)
  if (path.endsWith('/registered-models/search')) return { registered_models: models.slice(0, size) }
  const filter = question.get('filter') ?? ''
  const rows = names
    .filter((name) => filter.includes(`'${name}'`))
    .flatMap((name) => versionsOf.get(name) ?? [])
  const token = question.get('page_token')
  const from = token === null ? 0 : Number(JSON.parse(Buffer.from(token, 'base64').toString()).offset)
  const next = from + size < rows.length ? { next_page_token: toToken(from + size) } : {}
  return { model_versions: rows.slice(from, from + size), ...next }
}

/** As MLflow writes it. */
function toToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64')
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://upstream')
  const body = await text(request)
  const question = body ? new URLSearchParams(JSON.parse(body)) : searchParams
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer(pathname, question)))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') parentPort?.postMessage(`http://127.0.0.1:${address?.port}`)
})
