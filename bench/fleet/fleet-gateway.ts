import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GatewayProcess } from '../harness/gateway-process.ts'

const root = resolve(import.meta.dirname, '../..')

export interface FleetGateway {
  readonly process: GatewayProcess
  /** What it answers, and how long that took. Throws what is wrong with it. */
  ask(query: string, variables?: object): Promise<{ readonly data: unknown; readonly ms: number }>
  stop(): Promise<void>
}

/** A gateway in a process of its own. */
export async function startFleetGateway(configuration: object): Promise<FleetGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-fleet-'))
  const file = join(folder, 'modelgate.yaml')
  writeFileSync(file, JSON.stringify(configuration))
  const kind = {
    name: 'modelgate',
    language: 'modelgate',
    args: [join(root, 'src/main.ts'), 'start', '--empty', '--config', file],
    portOption: '--port',
    path: () => '/graphql',
  } as const
  const gateway = await GatewayProcess.start(kind, join(folder, 'log'))
  return {
    process: gateway,
    ask: async (query, variables = {}) => {
      const { text, ms } = await gateway.ask('', JSON.stringify({ query, variables }))
      const { data, errors } = JSON.parse(text)
      if (errors) throw new Error(text.slice(0, 1000))
      return { data, ms }
    },
    stop: async () => {
      await gateway.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What a share of the figures is not above. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
