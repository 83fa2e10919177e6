import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { untilSynced } from '../catalog/indexed-suite.ts'
import { faults } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'

const prefix = `logical-${process.pid}-`
const models = 10
const nameOf = (number: number) => `${prefix}m${number}`

type Send = (method: string, path: string, body: object) => Promise<void>

function senderTo(url: string): Send {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
}

/** The models of two releases of a real MLflow, one behind a proxy that can fail. */
describe('logical models over two real MLflow', () => {
  let gateway: OpenGateway
  let proxy: FaultProxy
  let dev: Send
  let prod: Send

  beforeAll(async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('mlflow 2.22.4')
    const { '3.17.2': newer, '2.22.4': older } = inject('mlflow')
    dev = senderTo(newer.url)
    prod = senderTo(older.url)
    for (let number = 0; number < models; number++) {
      const tags = [{ key: `${prefix}name`, value: nameOf(number) }]
      await dev('POST', 'registered-models/create', { name: `${prefix}dev-${number}`, tags })
      await prod('POST', 'registered-models/create', { name: nameOf(number) })
      for (const [send, name] of [
        [dev, `${prefix}dev-${number}`],
        [prod, nameOf(number)],
      ] as const) {
        for (const version of ['1', '2'])
          await send('POST', 'model-versions/create', { name, source: `s3://b/${number}/${version}` })
        await send('POST', 'registered-models/alias', { name, alias: 'champion', version: '1' })
      }
    }
    proxy = await startFaultProxy(older.url)
    const catalog = { runs: false, syncEvery: '1h', sweepEvery: '1h' }
    const mlflow = (name: string, url: string, environment: string) => ({
      name,
      adapter: 'mlflow',
      url,
      environment,
      timeoutMs: 30_000,
    })
    gateway = await openGateway({
      environments: ['dev', 'prod'],
      registries: [mlflow('mlflow-dev', newer.url, 'dev'), mlflow('mlflow-prod', proxy.url, 'prod')],
      logicalModels: [
        { registry: 'mlflow-d*', tag: `${prefix}name` },
        { registry: 'mlflow-*', name: '{name}' },
      ],
      catalog,
    })
    await untilSynced(gateway)
  }, 240_000)
  afterAll(async () => {
    await gateway?.close()
    await proxy?.close()
    for (let number = 0; number < models; number++) {
      await dev('DELETE', 'registered-models/delete', { name: `${prefix}dev-${number}` }).catch(() => {})
      await prod('DELETE', 'registered-models/delete', { name: nameOf(number) }).catch(() => {})
    }
  }, 60_000)

  const where = `where: { name: { startsWith: "${prefix}m" } }`
  const matrix = (number: number, read: string) => `{ logicalModel(name: "${nameOf(number)}", read: ${read}) {
    members { model { name registry { name } } matchedBy }
    alias(name: "champion") { cells { environment { name } model { name } version { version } state } } } }`
  const drift = (
    read: string,
  ) => `{ drift(alias: "champion", from: "dev", to: "prod", ${where}, read: ${read}) {
    logicalModel kind detail from { version } to { version } } }`
  const holders = async (number: number, read: string) => {
    const { logicalModel } = await gateway.data(matrix(number, read))
    return logicalModel.alias.cells.map(
      ({ version, state }: { version: { version: string } | null; state: string }) =>
        `${version?.version ?? null} ${state}`,
    )
  }

  it('joins them by a tag and by name, and asks the registries for holders when LIVE', async () => {
    const { logicalModel } = await gateway.data(matrix(0, 'LIVE'))
    expect(logicalModel.members).toMatchObject([
      {
        model: { name: `${prefix}dev-0`, registry: { name: 'mlflow-dev' } },
        matchedBy: `logicalModels[0] { registry: mlflow-d*, tag: ${prefix}name }`,
      },
      {
        model: { name: nameOf(0), registry: { name: 'mlflow-prod' } },
        matchedBy: 'logicalModels[1] { registry: mlflow-*, name: {name} }',
      },
    ])
    await prod('POST', 'registered-models/alias', { name: nameOf(0), alias: 'champion', version: '2' })
    expect(await holders(0, 'INDEXED')).toEqual(['1 OK', '1 OK'])
    expect(await holders(0, 'LIVE')).toEqual(['1 OK', '2 OK'])
    const { drift: findings } = await gateway.data(drift('LIVE'))
    expect(
      findings.filter(({ logicalModel: name }: { logicalModel: string }) => name === nameOf(0)),
    ).toMatchObject([
      { kind: 'DIFFERENT_ARTIFACT', from: { version: '1' }, to: { version: '2' } },
      { kind: 'NEWER_IN_FROM' },
    ])
    const kept = (await gateway.data(drift('INDEXED'))).drift
    expect(kept.map(({ kind }: { kind: string }) => kind)).toEqual(Array(models).fill('NEWER_IN_FROM'))
  }, 60_000)

  it('asks no registry INDEXED, and LIVE a few times for each model', async () => {
    const page = (read: string) =>
      `{ logicalModels(${where}, read: ${read}) { nodes { members { model { name } } alias(name: "champion") { cells { version { version } sameArtifactAsPrevious } } } } }`
    const requests = async (query: string) => {
      const { errors, extensions } = await gateway.ask(query, {}, { 'modelgate-explain': '1' })
      expect(errors).toBeUndefined()
      return Object.values(extensions?.modelgate.upstreamRequests ?? {}).reduce((sum, one) => sum + one, 0)
    }
    for (const query of [page('INDEXED'), drift('INDEXED')]) expect(await requests(query)).toBe(0)
    // Of each of twenty members the model, the holder of its alias, and where its files are.
    expect(await requests(page('LIVE'))).toBeLessThanOrEqual(2 * models * 4)
  }, 60_000)

  it('leaves out LIVE what is not there any more', async () => {
    await prod('DELETE', 'registered-models/delete', { name: nameOf(1) })
    const names = async (read: string) => (await gateway.data(matrix(1, read))).logicalModel.members.length
    expect([await names('INDEXED'), await names('LIVE')]).toEqual([2, 1])
  }, 60_000)

  it('tells of a registry that fails that nothing is known, and of the others all the same', async () => {
    await proxy.setMode(faults.status(500))
    expect(await holders(2, 'LIVE')).toEqual(['1 OK', 'null ERROR'])
    const { data } = await gateway.ask(drift('LIVE'))
    expect(data.drift).toHaveLength(models)
    expect(data.drift[2]).toMatchObject({ kind: 'UNKNOWN', from: { version: '1' }, to: null })
    expect(data.drift[2].detail).toContain('"mlflow-prod" could not be read: ')
    await proxy.setMode(faults.pass)
    expect(await holders(2, 'INDEXED')).toEqual(['1 OK', '1 OK'])
  }, 120_000)
})
