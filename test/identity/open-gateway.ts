import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { openLog } from '../../src/cli/open-log.ts'
import { loadConfig } from '../../src/config/index.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { startGateway } from '../../src/gateway/gateway.ts'

export interface GuardedGateway {
  readonly url: string
  /** The configuration, for commands beside it. */
  readonly file: string
  /** All that it has logged so far, at every level. */
  log(): string
  /** Who it takes the sender of these headers for, with the status. */
  viewer(
    headers?: Record<string, string>,
  ): Promise<{ readonly status: number; readonly principal: unknown; readonly groups: unknown }>
  ask(headers: Record<string, string>, query?: string): Promise<Response>
  close(): Promise<void>
}

const viewerQuery = '{ viewer { principal groups } }'

/** A gateway with `auth`, started as the command does: its log as it is written to stderr. */
export async function openGuardedGateway(
  config: object,
  env: NodeJS.ProcessEnv = {},
): Promise<GuardedGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-identity-'))
  const file = join(folder, 'modelgate.yaml')
  const usual = { server: { port: 0 }, environments: ['dev'], database: { url: 'sqlite:./state.db' } }
  writeFileSync(file, stringify({ ...usual, ...config }))
  const loaded = await loadConfig({ file, env, builtIns: builtInAdapters })
  let logged = ''
  const { log, hideSecretsOf } = openLog('trace', {
    write: (line: string) => {
      logged += line
    },
  })
  hideSecretsOf(loaded)
  const gateway = await startGateway(loaded, { empty: true, log, logRequests: true })
  let closing: Promise<void> | null = null
  const close = () => (closing ??= gateway.close())
  onTestFinished(close)
  const ask: GuardedGateway['ask'] = (headers, query = viewerQuery) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
  return {
    url: gateway.url,
    file,
    log: () => logged,
    ask,
    viewer: async (headers = {}) => {
      const response = await ask(headers)
      const { data } = (await response.json()) as {
        data?: { viewer?: { principal: string; groups: string[] } }
      }
      return { status: response.status, principal: data?.viewer?.principal, groups: data?.viewer?.groups }
    },
    close,
  }
}

export const silent = pino({ level: 'silent' })

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
