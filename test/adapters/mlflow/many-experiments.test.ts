import { createServer, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type Adapter, RegistryError } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}')
}

/** A server with 40,000 experiments and more, of which a run is in the one that its id says. */
async function connect(
  experimentOf: (runId: string) => string | null,
): Promise<{ registry: Adapter; asked: string[] }> {
  const asked: string[] = []
  const toRun = (run_id: string) => ({ info: { run_id, experiment_id: experimentOf(run_id) } })
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://loopback')
    const path = pathname.replace('/api/2.0/mlflow/', '')
    const body = await bodyOf(request)
    asked.push(path)
    const answer = (json: object, status = 200) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    if (path === 'experiments/search') {
      const experiments = Array.from({ length: 1000 }, (_, index) => ({ experiment_id: `new-${index}` }))
      return answer({ experiments, next_page_token: 'and so on' })
    }
    if (path === 'runs/search') {
      const ids: string[] = [...body.filter.matchAll(/'([^']+)'/g)].map(([, id]) => id)
      return answer({ runs: ids.filter((id) => body.experiment_ids.includes(experimentOf(id))).map(toRun) })
    }
    const runId = searchParams.get('run_id') ?? ''
    if (experimentOf(runId) !== null) return answer({ run: toRun(runId) })
    return answer({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no' }, 404)
  })
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const registry = await openRegistry(url, { serverVersion: '3.17.2' })
  open.push(
    () => closeServer(server),
    () => registry.close(),
  )
  return { registry, asked }
}

const ids = (prefix: string, length: number) => Array.from({ length }, (_, index) => `${prefix}${index}`)
const count = (asked: string[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(asked, (path) => path)).map(([path, all]) => [path, all?.length]),
  )

describe('runs of a server with more experiments than one request lists', () => {
  it('are found without going through the experiments, and what was learned stays learned', async () => {
    const { registry, asked } = await connect((runId) => (runId.startsWith('old') ? 'old-7' : 'new-5'))
    const wanted = [...ids('old', 50), ...ids('young', 50)]
    const found = await registry.runs?.get(wanted, newCall())
    expect(found?.map((run) => (run === null || RegistryError.is(run) ? run : run.runId))).toEqual(wanted)
    expect(count(asked)).toEqual({ 'experiments/search': 2, 'runs/search': 2, 'runs/get': 8 })
    asked.length = 0
    await registry.runs?.get(ids('old', 90), newCall())
    expect(asked).toEqual(['runs/search'])
  })

  it('cost one request alone, and no list of experiments', async () => {
    const { registry, asked } = await connect((runId) => (runId === 'none' ? null : 'old-7'))
    expect(await registry.runs?.get(['old'], newCall())).toMatchObject([{ runId: 'old' }])
    expect(await registry.runs?.get(['none'], newCall())).toEqual([null])
    expect(asked).toEqual(['runs/get', 'runs/get'])
  })

  it('cost no more than one request each, wherever they are', async () => {
    const { registry, asked } = await connect((runId) => `old-${runId}`)
    const wanted = ids('r', 20)
    const found = await registry.runs?.get(wanted, newCall())
    expect(found).toMatchObject(wanted.map((runId) => ({ runId })))
    expect(asked.filter((path) => path === 'runs/get')).toHaveLength(20)
    asked.length = 0
    await registry.runs?.get(wanted, newCall())
    expect(asked).toEqual(['runs/search'])
  })

  it('that are gone are looked for once', async () => {
    const { registry, asked } = await connect(() => null)
    expect(await registry.runs?.get(['a', 'b'], newCall())).toEqual([null, null])
    asked.length = 0
    expect(await registry.runs?.get(['a', 'b'], newCall())).toEqual([null, null])
    expect(asked).toEqual(['runs/search'])
  })
})
