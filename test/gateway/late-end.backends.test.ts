import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Deliver, forwardRequest } from '../environment/forward-request.ts'
import { createLoggedServer } from '../environment/logged-server.ts'
import { closeServer, listenOnLoopback } from '../environment/loopback-server.ts'
import { runMlflowClient } from '../environment/python.ts'
import { RequestLog } from '../environment/request-log.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { copyVersion, createVersion } from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const sizes = [0, 1, 500, 65_536, 200_000]

const logFiles = `
import os, tempfile
run = client.create_run('0')
with tempfile.TemporaryDirectory() as folder:
    for size in argument:
        with open(os.path.join(folder, f'{size}.bin'), 'wb') as f: f.write(b'x' * size)
    client.log_artifacts(run.info.run_id, folder, 'model')
result = run.info.run_id
`

/** The last byte comes at once, and that it was the last one a moment later. */
const endLate: Deliver = async (answer, response) => {
  const { 'content-length': _known, ...headers } = answer.headers
  response.writeHead(answer.statusCode ?? 502, headers)
  for await (const chunk of answer) response.write(chunk)
  if (headers['content-type'] !== 'application/json') await wait(200)
  response.end()
}

describe('a copy of files whose source says late that this was all', () => {
  const model = `late-${randomUUID().slice(0, 8)}`
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-late-'))
  let server: ReturnType<typeof createLoggedServer>
  let gateway: OpenGateway

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('mlflow 2.22.4')
    const { '3.17.2': newer, '2.22.4': older } = inject('mlflow')
    server = createLoggedServer(new RequestLog(), (exchange) =>
      forwardRequest(new URL(newer.url), exchange, endLate),
    )
    const late = `http://127.0.0.1:${await listenOnLoopback(server)}`
    const mlflow = { adapter: 'mlflow', environment: 'dev', timeoutMs: 30_000 }
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { ...mlflow, name: 'late', url: late },
        { ...mlflow, name: 'newer', url: newer.url },
        { ...mlflow, name: 'older', url: older.url },
        { name: 'disk', adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'disk') },
      ],
    })
    for (const [name, at] of Object.entries({ late: newer, older })) {
      const runId = await runMlflowClient<string>(at, logFiles, { argument: sizes })
      const source = `runs:/${runId}/model`
      const input = { model: { key: { registry: name, name: model } }, createModel: true, source }
      await gateway.data(createVersion, { input })
    }
  }, 120_000)
  afterAll(async () => {
    await gateway?.close()
    await closeServer(server)
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['late', 'newer', 2],
    ['late', 'older', 1],
    ['late', 'disk', 1],
    ['older', 'newer', 6],
  ])(
    'succeeds from %s to %s',
    async (from, to, times) => {
      const copies = []
      for (let index = 0; index < times; index++) {
        const input = {
          source: { key: { registry: from, model, version: '1' } },
          destination: { registry: to, name: `${model}-of-${from}` },
          artifacts: 'COPY',
        }
        const { copyModelVersion } = await gateway.data(copyVersion, { input })
        copies.push(copyModelVersion.modelVersion)
      }
      const sizeBytes = sizes.reduce((sum, size) => sum + size)
      const digest = copies[0].digest
      expect(digest).toMatch(/^sha256-v2:/)
      expect(copies).toMatchObject(copies.map(() => ({ sizeBytes, digest })))
    },
    120_000,
  )
})
