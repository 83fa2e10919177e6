import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.ts'
import { fleetConfig } from './fleet-config.ts'
import { type FleetGateway, quantile, startFleetGateway } from './fleet-gateway.ts'
import type { Measured } from './measured.ts'

const [warmUp, writes] = [10, 120]
const registry = 'lab'
const model = { model: { key: { registry, name: 'bench-writes' } } }

/** Mutations of a local registry with and without the catalog, in turn. */
export async function* measureWrites({ stores }: Measured): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-writes-'))
  try {
    for (const { database, create } of stores) {
      const kept = await start(await create(join(folder, 'kept.db')), {})
      const bare = await start(await create(join(folder, 'bare.db')), { catalog: false })
      try {
        for (const [what, mutation] of Object.entries(mutations)) {
          const times = { kept: [] as number[], bare: [] as number[] }
          for (let turn = -warmUp; turn < writes; turn++) {
            for (const [name, gateway] of Object.entries({ kept, bare })) {
              const { ms } = await gateway.ask(mutation, { input: inputs[what]?.(turn) })
              if (turn >= 0) times[name as keyof typeof times].push(ms)
            }
          }
          for (const [name, share] of [
            ['p50', 0.5],
            ['p95', 0.95],
          ] as const) {
            const row = { database, what: `${what}, ${name}` }
            yield { ...row, figure: quantile(times.kept, share), unit: 'ms' }
            yield {
              ...row,
              figure: quantile(times.kept, share) / quantile(times.bare, share),
              unit: 'x without a catalog',
            }
          }
        }
      } finally {
        await Promise.all([kept.stop(), bare.stop()])
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const mutations: Readonly<Record<string, string>> = {
  'a tag set': 'mutation ($input: SetModelTagsInput!) { setModelTags(input: $input) { model { name } } }',
  'an alias moved': 'mutation ($input: SetAliasInput!) { setAlias(input: $input) { alias { name } } }',
  'a version made':
    'mutation ($input: CreateModelVersionInput!) { createModelVersion(input: $input) { modelVersion { version } } }',
}
const inputs: Readonly<Record<string, (turn: number) => object>> = {
  'a tag set': (turn) => ({ ...model, tags: [{ key: 'turn', value: `${turn}` }] }),
  'an alias moved': (turn) => ({ ...model, alias: 'champion', version: turn % 2 ? '1' : '2' }),
  'a version made': (turn) => ({ ...model, source: `s3://bench/${turn}` }),
}

async function start(databaseUrl: string, settings: object): Promise<FleetGateway> {
  const gateway = await startFleetGateway({ ...fleetConfig(databaseUrl), ...settings })
  const make =
    'mutation ($input: CreateModelVersionInput!) { createModelVersion(input: $input) { modelVersion { id } } }'
  for (const source of ['s3://bench/a', 's3://bench/b']) {
    await gateway.ask(make, { input: { ...model, createModel: true, source } })
  }
  return gateway
}
