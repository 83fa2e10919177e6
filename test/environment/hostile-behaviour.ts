import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a registry may do to whoever asks it: every way is tried on every adapter that speaks HTTP. */
export const hostileWays = [
  /** One body without an end. */
  'endless',
  /** A file without a size and without an end. */
  'bottomless',
  /** One body of 116 MB, well-formed. */
  'huge',
  /** A million nothings in a few megabytes. */
  'dense',
  /** One byte a second. */
  'slow',
  /** Fewer bytes than it says. */
  'short',
  /** Lists in lists, and folders in folders. */
  'nested',
  /** Pages of thousands of rows, each with a link to another one. */
  'pages',
  /** A folder of 130,000 files. */
  'wide',
  /** Another version, and another shape, with every answer. */
  'changing',
  /** Refusals that repeat what they were sent. */
  'echoing',
  /** Words that move the cursor. */
  'controlling',
] as const

export type HostileWay = (typeof hostileWays)[number]

export const cursorWords = '\u001b[2K\rmodels://prod/churn/4 is a copy.\u009b31m\u202e\u2028\u0000'

const json = { 'content-type': 'application/json' }
const row = (index: number) => ({
  name: `model-${String(index).padStart(9, '0')}`,
  version: '1',
  run_id: 'a'.repeat(32),
  id: `/models/model-${index}`,
  properties: { description: 'd'.repeat(100), tags: {} },
  tags: [{ key: 'team', value: 'x' }],
})
const listNames = ['registered_models', 'model_versions', 'files', 'runs', 'experiments', 'value']

/** Answers one request in this way, whatever is asked. */
export function behave(way: HostileWay, request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  const honest = ['bottomless', 'nested', 'wide'].includes(way) ? answerHonestly(request) : null
  if (honest !== null) {
    response.writeHead(200, json).end(JSON.stringify(honest))
    return
  }
  switch (way) {
    case 'endless':
      stream(response, rows(Number.POSITIVE_INFINITY))
      break
    case 'bottomless':
      if (isListOfFiles(request)) response.writeHead(200, json).end('{"files":[{"path":"f"}]}')
      else stream(response, () => Buffer.alloc(65_536))
      break
    case 'huge':
      stream(response, rows(116_000_000))
      break
    case 'dense':
      stream(
        response,
        once(`{${listNames.map((name) => `"${name}":[${'{},'.repeat(800_000)}{}]`).join(',')}}`),
      )
      break
    case 'slow':
      drip(response)
      break
    case 'short':
      response.writeHead(200, { ...json, 'content-length': 100_000 })
      response.write('{"registered_models":[', () => response.destroy())
      break
    case 'nested':
      if (isListOfFiles(request)) response.writeHead(200, json).end(JSON.stringify(folders(request)))
      else stream(response, once(`{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`))
      break
    case 'pages':
      response.writeHead(200, json).end(JSON.stringify(page(request)))
      break
    case 'wide':
      response.writeHead(200, json).end(JSON.stringify(wide(request)))
      break
    case 'changing':
      response.writeHead(200, json).end(change())
      break
    case 'echoing':
    case 'controlling': {
      const message = way === 'echoing' ? JSON.stringify(request.headers) : `Cannot: ${cursorWords}`
      const body = { error_code: 'INVALID_PARAMETER_VALUE', message, error: { code: 'BadRequest', message } }
      response.writeHead(400, json).end(JSON.stringify(body))
      break
    }
  }
}

/** What leads to its files. */
function answerHonestly({ url = '' }: IncomingMessage): object | null {
  const version = { name: 'model', version: '1', current_stage: 'None', source: 's3://x', status: 'READY' }
  const times = { creation_timestamp: 1, last_updated_timestamp: 1 }
  if (url.includes('model-versions/get?')) return { model_version: { ...version, ...times } }
  if (url.includes('model-versions/search')) return { model_versions: [{ ...version, ...times }] }
  if (url.includes('registered-models/get')) return { registered_model: { name: 'model', ...times } }
  return url.includes('get-download-uri') ? { artifact_uri: 'mlflow-artifacts:/models/m' } : null
}

const isListOfFiles = ({ url = '' }: IncomingMessage) => /artifacts(\/list)?\?/.test(url)

function* rowTexts(): Generator<string> {
  for (let index = 0; ; index++) yield JSON.stringify(row(index))
}

/** A body whose first list has rows up to a size. */
function rows(bytes: number): () => Buffer | string | null {
  const texts = rowTexts()
  const part = Array.from({ length: 400 }, () => texts.next().value).join(',')
  let sent = 0
  return () => {
    if (sent > bytes) return null
    const isFirst = sent === 0
    sent += part.length
    const isLast = sent > bytes
    return `${isFirst ? '{"registered_models":[' : ','}${part}${isLast ? '],"value":[]}' : ''}`
  }
}

function once(text: string): () => string | null {
  let left: string | null = text
  return () => {
    const part = left
    left = null
    return part
  }
}

/** No faster than it is taken. */
function stream(response: ServerResponse, next: () => Buffer | string | null): void {
  response.writeHead(200, json)
  const go = () => {
    while (!response.destroyed) {
      const part = next()
      if (part === null) return response.end()
      if (!response.write(part)) return
    }
  }
  response.on('drain', go)
  go()
}

function drip(response: ServerResponse): void {
  response.writeHead(200, json)
  response.write('{')
  const timer = setInterval(() => response.write(' '), 1000)
  response.once('close', () => clearInterval(timer))
}

let turn = 0

function page({ url = '', headers }: IncomingMessage) {
  turn++
  const list = Array.from({ length: 1000 }, (_, index) => row(turn * 1000 + index))
  const lists = Object.fromEntries(listNames.map((name) => [name, list]))
  const token = Buffer.from(JSON.stringify({ offset: turn * 1000 })).toString('base64')
  return {
    ...lists,
    next_page_token: token,
    nextLink: `http://${headers.host}${url.split('?')[0]}?page=${turn}`,
  }
}

function folders({ url = '' }: IncomingMessage) {
  const path = new URLSearchParams(url.split('?')[1]).get('path') ?? ''
  const at = url.includes('artifacts/list') && path !== '' ? `${path}/` : ''
  const files = ['a', 'b', 'c'].map((name) => ({ path: `${at}${name}`, is_dir: true }))
  return { files: [...files, { path: `${at}file`, is_dir: false, file_size: '1' }] }
}

function wide({ url = '' }: IncomingMessage) {
  if (!/artifacts(\/list)?\?/.test(url)) return { registered_models: [], value: [] }
  return { files: Array.from({ length: 130_000 }, (_, index) => ({ path: `f${index}`, file_size: '1' })) }
}

function change(): string {
  turn++
  const bodies = ['3.17.2', '1.30.1', '"', '[]', '{"registered_models":{}}', '{"value":[{}]}', '2.22.4', '{}']
  return bodies[turn % bodies.length] ?? ''
}
