import { expect, inject, it } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { openGateway } from '../gateway/open-gateway.ts'
import { untilSynced } from './indexed-suite.ts'

const name = `outside-${process.pid}`

/** Nothing that MLflow tells has the time of an alias: only looks before and after it bound it. */
it('the window of what others did in MLflow holds the time when they did it', async () => {
  requireBackend('mlflow 3.17.2')
  const { url } = inject('mlflow')['3.17.2']
  const send = async (method: string, path: string, body: object) => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
  await send('POST', 'registered-models/create', { name })
  for (let count = 0; count < 3; count++)
    await send('POST', 'model-versions/create', { name, source: 's3://b/x' })
  const gateway = await openGateway({
    environments: ['dev'],
    registries: [{ name: 'main', adapter: 'mlflow', environment: 'dev', url, timeoutMs: 30_000 }],
    catalog: { syncEvery: '1s', sweepEvery: '1s', runs: false },
  })
  const moves: { readonly version: string; readonly from: number; readonly to: number }[] = []
  try {
    await untilSynced(gateway)
    for (const version of ['1', '2', '3', '1']) {
      const from = Date.now()
      await send('POST', 'registered-models/alias', { name, alias: 'champion', version })
      moves.push({ version, from, to: Date.now() })
      const told = `query { changes(where: { model: { eq: "${name}" }, kinds: [ALIAS_SET] }, first: 100) {
        nodes { after at notBefore certainty } } }`
      await expect
        .poll(async () => (await gateway.data(told)).changes.nodes.length, { timeout: 20_000, interval: 200 })
        .toBe(moves.length)
      const event = (await gateway.data(told)).changes.nodes.at(-1)
      expect(event).toMatchObject({ after: version, certainty: 'OBSERVED' })
      expect(Date.parse(event.notBefore)).toBeLessThanOrEqual(moves.at(-1)?.to ?? 0)
      expect(Date.parse(event.at)).toBeGreaterThanOrEqual(from)
    }
    for (const { version, to } of moves) {
      const { model } = await gateway.data(
        `{ model(registry: "main", name: "${name}") { aliasAt(name: "champion", at: "${new Date(to + 1).toISOString()}") { versionNumber certainty } } }`,
      )
      const { certainty, versionNumber } = model.aliasAt
      // Within a window the holder before it is given.
      if (certainty !== 'UNCERTAIN') expect(versionNumber).toBe(version)
    }
  } finally {
    await gateway.close()
    await send('DELETE', 'registered-models/delete', { name })
  }
}, 120_000)
