import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { GatewayProcess } from './gateway-process.ts'
import * as mutations from './mutations.ts'
import { startStallingProxy } from './stalling-proxy.ts'

const megabyte = 1024 * 1024
const megabytes = rounds(120, 300)
const from = '3.17.2'
const to = '2.22.4'
const name = `large-copy-${process.pid}`

async function call(server: string, path: string, json: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${server}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

const files = new Map([
  ['MLmodel', Buffer.from('flavors: {}\n')],
  ['data/one.bin', Buffer.alloc((megabytes * megabyte) / 2, randomBytes(65_521))],
  ['data/two.bin', Buffer.alloc((megabytes * megabyte) / 2, randomBytes(65_519))],
])

async function digestsOf(server: string, root: string): Promise<Record<string, string>> {
  const folder = root.replace(/^mlflow-artifacts:\/*/, '')
  const digests: Record<string, string> = {}
  for (const path of files.keys()) {
    const response = await fetch(`${server}/api/2.0/mlflow-artifacts/artifacts/${folder}/${path}`)
    const hash = createHash('sha256')
    for await (const chunk of response.body ?? []) hash.update(chunk)
    digests[path] = hash.digest('hex')
  }
  return digests
}

describe(`a copy of ${megabytes} MB between two MLflow servers`, () => {
  const source = inject('mlflow')[from].url
  const destination = inject('mlflow')[to].url
  const expected = Object.fromEntries(
    [...files].map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]),
  )
  const gateways: GatewayProcess[] = []
  const open = async (sourceUrl: string) => {
    const registry = { adapter: 'mlflow', environment: 'dev', timeoutMs: 20_000 }
    const gateway = new GatewayProcess({
      environments: ['dev'],
      // Its memory is not the copy's.
      catalog: false,
      registries: [
        { name: 'from', ...registry, url: sourceUrl },
        { name: 'to', ...registry, url: destination },
      ],
    })
    gateways.push(gateway)
    await gateway.start()
    return gateway
  }
  const copy = (gateway: GatewayProcess, model: string) =>
    gateway.ask(mutations.copyVersion, {
      input: {
        source: { key: { registry: 'from', model: name, version: '1' } },
        destination: { registry: 'to', name: model },
        artifacts: 'COPY',
        idempotencyKey: model,
      },
    })

  beforeAll(async () => {
    const { experiment_id } = await call(source, 'experiments/create', { name })
    const { run } = await call(source, 'runs/create', { experiment_id })
    const { run_id, artifact_uri } = (run as { info: { run_id: string; artifact_uri: string } }).info
    const folder = artifact_uri.replace(/^mlflow-artifacts:\/*/, '')
    for (const [path, bytes] of files) {
      const url = `${source}/api/2.0/mlflow-artifacts/artifacts/${folder}/model/${path}`
      const { ok } = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })
      expect(ok).toBe(true)
    }
    await call(source, 'registered-models/create', { name })
    await call(source, 'model-versions/create', { name, source: `${artifact_uri}/model`, run_id })
  })
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop()
  })

  it('arrives as it was, and the next one takes less than 32 MB of memory', async () => {
    const gateway = await open(source)
    const { data, errors } = await copy(gateway, `${name}-whole`)
    expect(errors).toBeUndefined()
    const { modelVersion } = data.copyModelVersion
    expect(modelVersion).toMatchObject({
      version: '1',
      source: `models://from/${name}/1`,
      sizeBytes: megabytes * megabyte + 12,
    })
    expect(await digestsOf(destination, modelVersion.artifactUri)).toEqual(expected)

    // What the first one needed once, as code and buffers of connections, does not count.
    const before = gateway.memory
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, gateway.memory)
    }, 20)
    expect((await copy(gateway, `${name}-again`)).errors).toBeUndefined()
    clearInterval(watch)
    expect((highest - before) / megabyte).toBeLessThan(32)
  })

  it('is finished by the same key after the gateway was killed in the middle', async () => {
    const proxy = await startStallingProxy(source, (megabytes * megabyte) / 3)
    const gateway = await open(proxy.url)
    const broken = copy(gateway, `${name}-killed`).catch((error: unknown) => error)
    await proxy.stalled
    await gateway.stop('SIGKILL')
    expect(await broken).toBeInstanceOf(Error)
    const there = await call(destination, 'registered-models/get-latest-versions', { name: `${name}-killed` })
    expect(there).toEqual({})
    proxy.heal()
    await gateway.start()
    const { data, errors } = await copy(gateway, `${name}-killed`)
    expect(errors).toBeUndefined()
    const { modelVersion, createdModel } = data.copyModelVersion
    expect(createdModel).toBe(true)
    expect(modelVersion.version).toBe('1')
    expect(await digestsOf(destination, modelVersion.artifactUri)).toEqual(expected)
    expect((await copy(gateway, `${name}-killed`)).data).toEqual(data)
    const { model } = (await gateway.ask(mutations.load, { registry: 'to', name: `${name}-killed` })).data
    expect(model.versions.nodes).toHaveLength(1)
    await gateway.stop()
    await proxy.close()
  })
})
