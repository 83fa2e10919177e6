import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { stringify } from 'yaml'
import { loadConfig } from '../../src/config/index.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { type GatewayOptions, startGateway } from '../../src/gateway/gateway.ts'
import type { AnyJson } from '../environment/any-json.ts'

export interface Answer {
  readonly data: AnyJson
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
  readonly extensions?: {
    readonly modelgate: {
      readonly upstreamRequests: Readonly<Record<string, number>>
      readonly cacheHits: Readonly<Record<string, number>>
      /** Of an answer that was kept. */
      readonly ageMs?: number
    }
  }
}

export interface OpenGateway {
  readonly url: string
  /** A query over HTTP; fails unless the status is 200. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>
  /** The same, and no errors either. */
  data(query: string, variables?: object): Promise<AnyJson>
  close(): Promise<void>
}

/** A gateway in this process, configured by a file as a user's would be; its registries are connected. */
export async function openGateway(
  config: object,
  options: Partial<GatewayOptions> = {},
): Promise<OpenGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-gateway-'))
  const file = join(folder, 'modelgate.yaml')
  // Only who tests the catalog wants somebody else to ask the registries beside the test.
  const own = { server: { port: 0 }, database: { url: 'sqlite::memory:' }, catalog: false }
  writeFileSync(file, stringify({ ...own, ...config }))
  const loaded = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
  const gateway = await startGateway(loaded, { empty: true, log: pino({ level: 'silent' }), ...options })
  const ask: OpenGateway['ask'] = async (query, variables = {}, headers = {}) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    const body = (await response.json()) as Answer
    if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${JSON.stringify(body)}`)
    return body
  }
  await untilReady(gateway.url)
  return {
    url: gateway.url,
    ask,
    data: async (query, variables) => {
      const { data, errors } = await ask(query, variables)
      if (errors) throw new Error(JSON.stringify(errors))
      return data
    },
    close: gateway.close,
  }
}

async function untilReady(url: string): Promise<void> {
  while ((await fetch(`${url}/readyz`)).status !== 200) await new Promise((retry) => setTimeout(retry, 20))
}
