import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

export interface RefusingDatabase {
  readonly url: string
  /** From now on it takes no writes, and goes on answering. */
  refuse(): Promise<void>
  permit(): Promise<void>
  dispose(): Promise<void>
}

export interface RefusedWrites {
  readonly name: string
  readonly reason: string
  open(): Promise<RefusingDatabase>
  /** A server whose writers the gateway keeps apart by leases; the model has a version 1. */
  readonly mlflow: () => Promise<{ readonly url: string; readonly model: string }>
  /** Whether writes reach it; the double of MLflow has none. */
  readonly takesWrites: boolean
}

const failures = 2

/** The gateway's own database takes no writes for a while, and all registries are well. */
export function describeRefusedWrites({ name, reason, open, mlflow, takesWrites }: RefusedWrites): void {
  describe(`a gateway whose database ${name}`, () => {
    let database: RefusingDatabase
    let gateway: OpenGateway
    let model: string
    beforeEach(async () => {
      const upstream = await mlflow()
      model = upstream.model
      database = await open()
      const circuit = { failures, probeIntervalMs: 60_000 }
      gateway = await openGateway({
        environments: ['dev'],
        registries: [
          { name: 'lap', adapter: 'local', environment: 'dev', circuit, timeoutMs: 1000 },
          { name: 'ml', adapter: 'mlflow', environment: 'dev', url: upstream.url, circuit, timeoutMs: 5000 },
        ],
        database: { url: database.url },
      })
      await gateway.data(mutations.createModel, { input: { registry: 'lap', name: 'm' } })
      await database.refuse()
    })
    afterEach(async () => {
      await gateway.close()
      await database.dispose()
    })

    const tags = [{ key: 'large', value: 'x'.repeat(90_000) }]
    const writeLocally = () =>
      gateway.ask(mutations.setModelTags, { input: { model: { key: { registry: 'lap', name: 'm' } }, tags } })
    const setAlias = () =>
      gateway.ask(mutations.setAlias, {
        input: { model: { key: { registry: 'ml', name: model } }, alias: 'champion', version: '1' },
      })
    const readiness = async () => {
      const response = await fetch(`${gateway.url}/readyz`)
      return { status: response.status, body: await response.json() }
    }

    test('says so of each write, goes on reading, and writes again by itself', async () => {
      const startedAt = performance.now()
      expect((await writeLocally()).errors).toMatchObject([{ extensions: { code: 'REGISTRY_UNAVAILABLE' } }])
      // The local registry has a second.
      expect(performance.now() - startedAt).toBeLessThan(3000)
      const writes = Array.from({ length: failures + 1 }, () => [writeLocally(), setAlias()]).flat()
      for (const answer of await Promise.all(writes)) {
        expect(answer.errors).toMatchObject([
          {
            message: expect.stringContaining(reason),
            extensions: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
          },
        ])
        expect(answer.errors?.[0]?.message).not.toMatch(/not known/)
      }
      await expect.poll(readiness, { timeout: 10_000 }).toEqual({
        status: 200,
        body: { status: 'ready', trouble: expect.stringContaining(reason) },
      })
      const { all, lap } = await gateway.data(`{
        all: models(first: 5) { complete }
        lap: models(registries: ["lap"]) { complete nodes { name tags { key } } }
      }`)
      expect(all).toEqual({ complete: true })
      expect(lap).toEqual({ complete: true, nodes: [{ name: 'm', tags: [] }] })

      await database.permit()
      expect((await writeLocally()).errors).toBeUndefined()
      if (takesWrites) expect((await setAlias()).errors).toBeUndefined()
      await expect.poll(readiness, { timeout: 10_000 }).toEqual({ status: 200, body: { status: 'ready' } })
    })
  })
}
