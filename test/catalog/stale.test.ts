import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { openGateway } from '../gateway/open-gateway.ts'
import { createFileSource } from '../state/database-source.ts'
import { untilSynced } from './indexed-suite.ts'

const source = createFileSource()
afterAll(() => source.dispose())

it('a registry that hangs is answered from the catalog where that is asked for, and says so', async () => {
  const url = await source.createUrl()
  const shared = { environments: ['dev'], database: { url }, catalog: { syncEvery: '1d' } }
  const registries = [{ name: 'main', adapter: 'local', environment: 'dev' }]
  const before = await openGateway({ ...shared, registries })
  await before.data('mutation { createModel(input: { registry: "main", name: "churn" }) { model { name } } }')
  await before.data(
    'mutation { createModelVersion(input: { model: { key: { registry: "main", name: "churn" } }, source: "s3://b/x" }) { modelVersion { version } } }',
  )
  await untilSynced(before)
  await before.close()
  // Another server stands in its place by now, and never answers.
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const place = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const hanging = [{ name: 'main', adapter: 'mlflow', environment: 'dev', url: place, timeoutMs: 300 }]
  const gateway = await openGateway({ ...shared, registries: hanging })
  const query = (given: string) =>
    `{ models(${given}) { nodes { name versions { nodes { version } } } complete sources { state asOf error { code } } } }`
  try {
    const stale = await gateway.ask(query('staleIfError: true'))
    expect(stale).toMatchObject({
      data: {
        models: {
          nodes: [{ name: 'churn', versions: { nodes: [{ version: '1' }] } }],
          complete: false,
          sources: [
            {
              state: 'STALE',
              asOf: expect.any(String),
              error: { code: expect.stringMatching(/^REGISTRY_/) },
            },
          ],
        },
      },
    })
    const live = await gateway.ask(query('staleIfError: false'))
    expect(live.data.models).toMatchObject({ nodes: [], complete: false, sources: [{ asOf: null }] })
  } finally {
    await gateway.close()
    silent.closeAllConnections()
    silent.close()
  }
}, 30_000)
